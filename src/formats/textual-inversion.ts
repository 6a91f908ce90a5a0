import type { ByteSource } from '../core/device';
import type { Embedding } from '../core/values';
import { openSafetensors } from './safetensors';

/** Keys under which the vectors of CLIP-L are kept: A1111 and kohya, and the half of an SDXL embedding. */
const KNOWN_KEYS = ['emb_params', 'clip_l'];

/**
 * A textual inversion embedding from a .safetensors file: the one tensor of a diffusers file, whose key is the word, or
 * the tensor under a known key, where the word is `name` (the file's name without its ending). Throws a sentence where
 * the file holds something else.
 */
export function readTextualInversion(source: ByteSource, name: string): Omit<Embedding, 'key'> {
  const file = openSafetensors(source);
  const keys = [...file.tensors.keys()];
  const known = KNOWN_KEYS.find((key) => file.tensors.has(key));
  const key = known ?? keys[0];
  if (key === undefined || (known === undefined && keys.length > 1)) {
    throw new Error(
      `"${name}" is not a textual inversion embedding: it holds ${keys.length} tensors, where one or "emb_params" is expected.`,
    );
  }
  const { shape } = file.tensors.get(key) as { readonly shape: readonly number[] };
  const width = shape[shape.length - 1] ?? 0;
  const count = shape.length === 2 ? (shape[0] as number) : 1;
  if (shape.length < 1 || shape.length > 2 || width * count === 0) {
    throw new Error(`The embedding "${name}" has the shape [${shape.join(', ')}] instead of [vectors, width].`);
  }
  const word = (known === undefined ? key : name).trim();
  if (word === '') throw new Error('The embedding has no word that could stand for it: rename the file.');
  const vectors = file.read(key);
  if (!vectors.every(Number.isFinite)) throw new Error(`The embedding "${name}" holds values that are not finite.`);
  return { word, vectors, width };
}
