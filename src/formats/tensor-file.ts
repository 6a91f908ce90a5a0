import type { ByteSource } from '../core/device';
import type { Dtype } from './bytes-to-float32';
import { openSafetensors } from './safetensors';
import { isTorchFile, openTorchFile } from './torch-file';

/** One tensor of a file, as the file describes it. */
export interface TensorEntry {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
}

/** The tensors of a file by name, whatever its format. Only their description is held; elements are read when asked for. */
export interface TensorFile {
  /** What else the file says about itself, as text. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  /** All elements, row-major, as float32. May share memory with the source: do not write into it. */
  read(name: string): Float32Array;
  /** Rows `begin` to `end` (exclusive) of the first dimension, as float32. May share memory with the source. */
  readRows(name: string, begin: number, end: number): Float32Array;
  /** Elements of all rows, or of rows `begin` to `end`, row-major and little-endian, in the type of the file. */
  readBytes(name: string, begin?: number, end?: number): Uint8Array;
}

/** Other things that are downloaded as models, by how they begin. */
const MISTAKEN: readonly (readonly [string, string])[] = [
  ['GGUF', 'This is a GGUF file, a quantized model; Weft reads .safetensors, .ckpt, .pt and .bin.'],
  [
    'version https://git-lfs',
    'This is a note of Git LFS about a model, not the model itself. Download the file from its page, or run "git lfs pull".',
  ],
  ['<!', 'This is a web page, not a model. Its download may ask for a login first.'],
  ['<html', 'This is a web page, not a model. Its download may ask for a login first.'],
];

/**
 * Opens a file of tensors: safetensors, or what torch.save wrote. Its bytes say which; names of files are often wrong.
 * Throws a sentence that names the problem where the file is neither or is not sound.
 */
export function openTensorFile(source: ByteSource): TensorFile {
  const head = new TextDecoder('latin1').decode(source.read(0, Math.min(source.size, 32)));
  const mistaken = MISTAKEN.find(([beginning]) => head.startsWith(beginning));
  if (mistaken) throw new Error(mistaken[1]);
  return isTorchFile(source) ? openTorchFile(source) : openSafetensors(source);
}
