import type { ModelKind, ModelReference } from '../../core/model-reference';
import { type ModelEntry, referenceTo } from '../../storage/models/model-entry';

/** Which model the user took for a file name of another program, by that name: its hash. */
const key = 'weft-named-models';

function choices(): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof kept === 'object' && kept !== null ? { ...kept } : {};
  } catch {
    return {};
  }
}

export function rememberChoice(file: string, hash: string): void {
  try {
    localStorage.setItem(key, JSON.stringify({ ...choices(), [file]: hash }));
  } catch {
    // The choice holds for this graph; a browser without storage asks again.
  }
}

const stem = (name: string): string =>
  (name.split(/[\\/]/).at(-1) ?? '').replace(/\.(safetensors|ckpt|pth?|bin)$/i, '').toLowerCase();

/** The model for a file name: the one that the user took before, the one of a known hash, or one of that name and a kind that fits. */
export function modelNamed(
  entries: readonly ModelEntry[],
  file: string,
  kinds: readonly ModelKind[],
  known?: string,
): ModelReference | undefined {
  const chosen = choices()[file];
  const fitting = entries.filter(({ kind }) => (kinds as readonly string[]).includes(kind));
  const entry =
    entries.find(({ hash }) => hash === chosen) ??
    entries.find(({ hash }) => hash === known) ??
    fitting.find(({ name, files }) => stem(name) === stem(file) || files.some(({ path }) => stem(path) === stem(file)));
  return entry && referenceTo(entry);
}
