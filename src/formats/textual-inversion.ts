import type { ByteSource } from '../core/device';
import type { Embedding } from '../core/values';
import { openTensorFile, type TensorFile } from './tensor-file';

/** An embedding as a file has it, before it has a key. */
export type StoredEmbedding = Omit<Embedding, 'key'>;

/** Under this path AUTOMATIC1111's .pt files have one entry, `*`. */
const A1111 = 'string_to_param.';

/** Keys of the text encoders of SD 1, of SD 2, and of SD 1 in the files of trainers. */
const KNOWN_KEYS = ['emb_params', 'clip_l', 'clip_h'];

/** Of the second text encoder of SDXL, which SD 1 and 2 do not have. */
const OTHERS = new Set(['clip_g']);

/**
 * A textual inversion embedding from a file of tensors, .safetensors or .pt: AUTOMATIC1111's or a trainer's, which the file's
 * `name` (without its ending) stands for, or the one tensor of a diffusers file, whose key is the word. Throws a sentence
 * where the file holds something else.
 */
export function readTextualInversion(source: ByteSource, name: string): StoredEmbedding {
  const file = openTensorFile(source);
  const keys = [...file.tensors.keys()];
  const named = keys.find((key) => key.startsWith(A1111)) ?? KNOWN_KEYS.find((key) => file.tensors.has(key));
  const key = named ?? (keys.length === 1 ? keys[0] : undefined);
  if (key === undefined) {
    throw new Error(
      `"${name}" is not a textual inversion embedding: it holds ${keys.length} tensors, where one or "emb_params" is expected.`,
    );
  }
  return {
    ...embeddingAt(file, key, { file: name, word: named === undefined ? key : name }),
    ...notesOn(keys, key, name),
  };
}

function embeddingAt(
  file: TensorFile,
  key: string,
  names: { readonly file: string; readonly word: string },
): StoredEmbedding {
  return embeddingOf(file.tensors.get(key)?.shape ?? [], () => file.read(key), names);
}

function notesOn(keys: readonly string[], used: string, name: string): { notes?: readonly string[] } {
  const second = keys.filter((key) => OTHERS.has(key)).length > 0;
  const left = keys.filter((key) => key !== used && !OTHERS.has(key));
  const notes = [
    ...(second ? [`"${name}" was made for SDXL; the half of it that its first text encoder reads is used.`] : []),
    ...(left.length > 0 ? [`Not used of "${name}": ${left.slice(0, 20).join(', ')}.`] : []),
  ];
  return notes.length > 0 ? { notes } : {};
}

/** `[n, width]` or `[width]` as an embedding called `word`; where the file has another name, that stands for it, too. */
export function embeddingOf(
  shape: readonly number[],
  read: () => Float32Array,
  { file, word }: { readonly file: string; readonly word: string },
): StoredEmbedding {
  const width = shape.at(-1) ?? 0;
  const count = shape.length === 2 ? (shape[0] as number) : 1;
  if (shape.length < 1 || shape.length > 2 || width * count === 0) {
    throw new Error(`The embedding "${file}" has the shape [${shape.join(', ')}] instead of [vectors, width].`);
  }
  const own = word.trim();
  if (own === '') throw new Error('The embedding has no word that could stand for it: rename the file.');
  const vectors = read();
  if (!vectors.every(Number.isFinite)) throw new Error(`The embedding "${file}" holds values that are not finite.`);
  const other = file.trim();
  return { word: own, ...(other !== '' && other !== own && { aliases: [other] }), vectors, width };
}
