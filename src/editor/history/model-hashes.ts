import { type ModelReference, modelName } from '../../core/model-reference';
import { modelHash } from '../../storage/models/model-hash';
import type { UsedModel } from '../../storage/run-record';

interface ManifestEntry {
  readonly path: string;
  readonly sha256: string;
}

const manifests = new Map<string, Promise<readonly ManifestEntry[]>>();

/** The files of a folder that is served with the page. */
function manifestOf(folder: string): Promise<readonly ManifestEntry[]> {
  const known = manifests.get(folder);
  if (known) return known;
  const asked = fetch(new URL(`models/${folder}/manifest.json`, document.baseURI)).then(
    (answer) => (answer.ok ? (answer.json() as Promise<readonly ManifestEntry[]>) : []),
    () => [],
  );
  manifests.set(folder, asked);
  return asked;
}

/** The hash of a model that comes with the page: of "tiny", or of "tiny/neon" among its fine-tunes. */
async function servedHash(reference: string): Promise<string | undefined> {
  const [folder = '', name] = reference.split('/');
  if (name === undefined) {
    const files = await manifestOf(folder);
    return files.length ? modelHash(files) : undefined;
  }
  const files = (await manifestOf(`${folder}/fine-tunes`)).filter(
    ({ path }) => path.startsWith(`${name}/`) || path === `${name}.safetensors`,
  );
  const inFolder = files.every(({ path }) => path.startsWith(`${name}/`));
  return files.length
    ? modelHash(inFolder ? files.map(({ path, sha256 }) => ({ path: path.slice(name.length + 1), sha256 })) : files)
    : undefined;
}

/** Which model a graph names, by its content. */
export async function usedModel(reference: ModelReference): Promise<UsedModel> {
  const name = modelName(reference);
  if (typeof reference !== 'string') return { name, hash: reference.hash };
  const [, hash] = /^(sha256:[0-9a-f]{64})(?:\/.+)?$/.exec(reference) ?? [];
  return { name, hash: hash ?? (await servedHash(reference)) };
}
