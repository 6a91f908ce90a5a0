import type { DecodedImage, Folder, Host } from '../core/define-node';
import { type HashedModel, type ModelReference, modelName } from '../core/model-reference';
import type { NamedEmbedding } from '../core/named-embedding';
import { ProblemError } from '../core/problem';
import { bytesOfBlob } from '../formats/bytes';
import { bytesOfUrl } from '../formats/bytes-of-url';
import { pageNotebook } from './notebook';
import type { PageServices } from './worker-api';

/** Files on a server that have more bytes are read piece by piece, where it offers that. */
const READ_WHOLE = 64 * 2 ** 20;

const notebook = pageNotebook('notebook');

interface ManifestEntry {
  readonly path: string;
  readonly sha256: string;
}

/** The world of a graph in the page: model folders are served beside the app, other files are kept by the page. */
export function webHost(options: {
  /** Where models are served: an absolute URL that ends in a slash. */
  readonly models: string;
  readonly page: PageServices;
  readonly document: string;
  readonly embeddings?: readonly NamedEmbedding[];
}): Host {
  const { page, document, embeddings } = options;
  return {
    document,
    notebook,
    ...(embeddings && { embeddings }),
    save: (file) => page.save(file),
    async open(reference) {
      const blob = typeof reference === 'string' ? await page.file(reference) : undefined;
      if (blob) return bytesOfBlob(blob);
      const hashed = byHash(reference);
      const folder = hashed ? await libraryFolder(hashed, page) : await servedFineTune(reference, options.models);
      if (!folder)
        throw new ProblemError({
          what: `The file ${modelName(reference)} is not in this browser.`,
          cure: 'Choose it again from your disk.',
        });
      const [path = ''] = folder.paths;
      const bytes = folder.paths.length === 1 ? await folder.open(path) : undefined;
      if (!bytes)
        throw new ProblemError({
          what: `${modelName(reference)} is a folder; one file is needed here.`,
          cure: 'Choose another model.',
        });
      return bytes;
    },
    async folder(reference) {
      const hashed = byHash(reference);
      if (hashed) return libraryFolder(hashed, page);
      const folder = isServed(reference)
        ? await servedFolder(new URL(`${reference}/`, options.models))
        : await servedFineTune(reference, options.models);
      if (!folder)
        throw new ProblemError(
          reference === ''
            ? { what: 'No model is chosen.', cure: 'Choose one here, or drop its file on the canvas.' }
            : {
                what: `There is no model called ${modelName(reference)} here.`,
                cure: 'Choose "tiny", the model that is built in, or one of your own.',
              },
        );
      return { ...folder, title: modelName(reference) };
    },
    async decodeImage(bytes) {
      // PNG is read by the same code everywhere, so that a graph gives the same numbers in the terminal.
      if (bytes[0] !== 0x89) return decodeInBrowser(bytes);
      const { decodePng } = await import('../formats/png');
      return decodePng(bytes);
    },
  };
}

/** The hash in a reference, also where a wire brings it as text. */
function byHash(reference: ModelReference): HashedModel | undefined {
  if (typeof reference !== 'string') return reference;
  const [, hash, name] = /^(sha256:[0-9a-f]{64})(?:\/(.+))?$/.exec(reference) ?? [];
  return hash === undefined ? undefined : { hash, name: name ?? `${hash.slice(0, 19)}…` };
}

/** A model of the user's library. Its files are read where they are, piece by piece. */
async function libraryFolder(reference: HashedModel, page: PageServices): Promise<Folder> {
  const answer = await page.model(reference);
  if ('problem' in answer) throw new ProblemError(answer.problem);
  const files = new Map(answer.files.map(({ path, blob }) => [path, blob]));
  return {
    key: reference.hash,
    title: reference.name,
    paths: [...files.keys()],
    async open(path) {
      const blob = files.get(path);
      return blob && bytesOfBlob(blob);
    },
  };
}

const isServed = (reference: ModelReference): reference is string =>
  typeof reference === 'string' && /^[a-z0-9-]{1,64}$/.test(reference);

/** What `tiny/blueprint` names among the fine-tunes that were made for a served model: a file, or a folder with a ControlNet. */
async function servedFineTune(reference: ModelReference, models: string): Promise<Folder | undefined> {
  const [, model, name] =
    /^([a-z0-9-]{1,64})\/([a-z0-9-]{1,64})$/.exec(typeof reference === 'string' ? reference : '') ?? [];
  if (model === undefined) return undefined;
  const base = new URL(`${model}/fine-tunes/`, models);
  const weights = await servedFolder(base, (path) => {
    if (path.startsWith(`${name}/`)) return path.slice(`${name}/`.length);
    return path === `${name}.safetensors` ? path : undefined;
  });
  // Beside weights lies a picture of what they do.
  return weights ?? servedFolder(base, (path) => (path === `${name}.png` ? path : undefined));
}

/**
 * A folder with a manifest.json of its files, read over HTTP. `named` gives what is served a path in it, or leaves it out;
 * undefined when nothing is left.
 */
async function servedFolder(
  base: URL,
  named: (path: string) => string | undefined = (path) => path,
): Promise<Folder | undefined> {
  const answer = await fetch(new URL('manifest.json', base));
  if (!answer.ok || !answer.headers.get('content-type')?.includes('json')) return undefined;
  const manifest = ((await answer.json()) as ManifestEntry[]).filter(({ path }) => named(path) !== undefined);
  if (manifest.length === 0) return undefined;
  const served = new Map(manifest.map(({ path }) => [named(path) ?? path, path]));
  return {
    key: manifest.map((entry) => entry.sha256.slice(0, 16)).join(''),
    title: base.pathname,
    paths: [...served.keys()],
    async open(path) {
      const address = served.get(path);
      if (address === undefined) return undefined;
      const file = await fetch(new URL(address, base));
      if (!file.ok)
        throw new ProblemError({
          what: `The model file ${path} could not be read (${file.status}).`,
          cure: 'Check the connection and run again.',
        });
      const large = Number(file.headers.get('content-length')) > READ_WHOLE;
      if (!large || file.headers.get('accept-ranges') !== 'bytes') return bytesOfBlob(await file.blob());
      await file.body?.cancel();
      return bytesOfUrl(file.url);
    },
  };
}

async function decodeInBrowser(bytes: Uint8Array): Promise<DecodedImage> {
  const bitmap = await createImageBitmap(new Blob([Uint8Array.from(bytes)])).catch((cause: unknown) => {
    throw new ProblemError(
      { what: 'This file is not a picture that the browser can read.', cure: 'Use PNG, JPEG or WebP.' },
      { cause },
    );
  });
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) throw new ProblemError({ what: 'The browser gave no canvas to read the picture with.' });
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data: pixels } = context.getImageData(0, 0, width, height);
  const plane = width * height;
  const alpha = Float32Array.from({ length: plane }, (_, i) => (pixels[4 * i + 3] ?? 0) / 255);
  const data = new Float32Array(3 * plane);
  // What is transparent lies on white.
  for (let i = 0; i < plane; i++)
    for (let c = 0; c < 3; c++) data[c * plane + i] = 1 - (alpha[i] ?? 0) * (1 - (pixels[4 * i + c] ?? 0) / 255);
  return alpha.every((value) => value === 1) ? { data, width, height } : { data, alpha, width, height };
}
