import { readNpy } from '../../formats/npy';
import { openSafetensors } from '../../formats/safetensors';

/** What a file of numbers can be loaded as. */
export type ValueKind = 'latent' | 'conditioning' | 'image' | 'mask' | 'number';

/** Kinds by what Weft notes when it saves a value; those of embeddings are kept as models. */
const noted: Readonly<Record<string, ValueKind>> = {
  latent: 'latent',
  prediction: 'latent',
  trajectory: 'latent',
  conditioning: 'conditioning',
  image: 'image',
  mask: 'mask',
};

/** What an array can only be, by its shape: `[n, c, h, w]` or `[1, tokens, width]`, the first dimension maybe left out. */
function kindOfShape(shape: readonly number[]): ValueKind | undefined {
  if (shape.length === 0) return 'number';
  if (shape.length === 2 || (shape.length === 3 && shape[0] === 1)) return 'conditioning';
  if (shape.length !== 3 && shape.length !== 4) return undefined;
  const channels = shape.at(-3);
  return channels === 3 ? 'image' : channels === 1 ? 'mask' : 'latent';
}

export interface FileValue {
  readonly kind: ValueKind;
  /** Of a number. */
  readonly value?: number;
}

/** The value that a .npy, .safetensors or .latent file holds; undefined where it is something else, such as a model. */
export async function valueIn(file: Blob & { readonly name: string }): Promise<FileValue | undefined> {
  if (/\.npy$/i.test(file.name)) {
    const { dims, data } = readNpy(new Uint8Array(await file.arrayBuffer()));
    const kind = kindOfShape(dims);
    return kind && { kind, ...(kind === 'number' && { value: Number(data[0]) }) };
  }
  const { tensors, metadata } = await headOf(file);
  const kind = metadata.format === 'weft' ? noted[metadata.kind ?? ''] : undefined;
  if (kind) return { kind };
  if (tensors.has('latent_tensor')) return { kind: 'latent' };
  // One tensor alone is no model; two dimensions are those of a learned word.
  const [only, another] = [...tensors.values()];
  const shape = another ? [] : (only?.shape ?? []);
  return shape.length > 2 ? { kind: kindOfShape(shape) ?? 'latent' } : undefined;
}

/** The header of a safetensors file; what follows may be larger than memory. */
async function headOf(file: Blob) {
  const bytes = async (begin: number, end: number) => new Uint8Array(await file.slice(begin, end).arrayBuffer());
  const length = Number(new DataView((await bytes(0, 8)).buffer).getBigUint64(0, true));
  const head = await bytes(0, Math.min(8 + length, file.size, 2 ** 27));
  return openSafetensors({ size: file.size, read: (begin, end) => head.subarray(begin, end) });
}
