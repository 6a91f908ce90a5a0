import type { Folder } from '../src/core/define-node';
import { bytesInMemory } from '../src/formats/bytes';
import { writeSafetensors } from '../src/formats/safetensors';
import { toFloat16 } from '../src/onnx/float16';
import type { ReadReference } from './pictures';
import described from './reference/checkpoints/checkpoints.json';

/** A checkpoint of reference/make_checkpoints.py: its tensors as exponent, first number and shape. */
export interface Checkpoint {
  readonly family: 'sd1' | 'sd2';
  readonly case: Record<string, unknown>;
  readonly prediction: string;
  readonly sha256: string;
  readonly tensors: readonly (readonly [name: string, exponent: number, first: number, shape: readonly number[]])[];
  readonly folder?: {
    readonly index: unknown;
    readonly configs: Readonly<Record<string, unknown>>;
    readonly parts: readonly (readonly [
      part: string,
      name: string,
      ldm: string,
      shape: readonly number[],
      third: number | null,
    ])[];
  };
}

export const checkpoints = described as unknown as Readonly<Record<string, Checkpoint>>;

const VOCABULARY = 49408;
/** In place of an exponent: the weights of a norm, around 1. */
const NORM = -1;

/** The high bits of murmur3's finalizer, -1024 to 1023: `number` of the script. */
function number(at: number): number {
  let h = at;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 21) - 1024;
}

const rows = new Map<string, Uint8Array>();

/** The numbers of an exponent in an element type, from the first on; windows of it are tensors. */
function rowOf(exponent: number, dtype: 'F16' | 'F32', count: number): Uint8Array {
  const size = dtype === 'F16' ? 2 : 4;
  const known = rows.get(`${exponent} ${dtype}`);
  if (known && known.length >= count * size) return known;
  const numbers = new Float32Array(2 * count);
  for (let i = 0; i < numbers.length; i += 1) {
    const k = number(i);
    numbers[i] = exponent === NORM ? 1 + (k >> 3) / 1024 : k * 2 ** (-10 - exponent);
  }
  const made = new Uint8Array(dtype === 'F16' ? toFloat16(numbers).buffer : numbers.buffer);
  rows.set(`${exponent} ${dtype}`, made);
  return made;
}

export interface Window {
  readonly shape: readonly number[];
  readonly exponent: number;
  readonly first: number;
}

/** The elements of a tensor. Each row of the token embedding begins one number after the one before. */
export function bytesOf({ shape, exponent, first }: Window, dtype: 'F16' | 'F32'): Uint8Array {
  const size = dtype === 'F16' ? 2 : 4;
  const [height = 1, width = 1] = shape;
  if (shape.length !== 2 || height !== VOCABULARY) {
    const count = shape.reduce((product, dim) => product * dim, 1);
    return rowOf(exponent, dtype, first + count).subarray(first * size, (first + count) * size);
  }
  const row = rowOf(exponent, dtype, first + height + width);
  const table = new Uint8Array(height * width * size);
  for (let i = 0; i < height; i += 1) {
    table.set(row.subarray((first + i) * size, (first + i + width) * size), i * width * size);
  }
  return table;
}

/** The tensors of the single file. */
export function tensorsOf(checkpoint: Checkpoint): Map<string, Window> {
  return new Map(checkpoint.tensors.map(([name, exponent, first, shape]) => [name, { shape, exponent, first }]));
}

/** The tensors of one part as diffusers or transformers call them. */
export function partOf(checkpoint: Checkpoint, part: string): Map<string, Window> {
  const whole = tensorsOf(checkpoint);
  const own = (checkpoint.folder?.parts ?? []).filter(([of]) => of === part);
  return new Map(
    own.map(([, name, ldm, shape, third]) => {
      const { exponent, first } = whole.get(ldm) as Window;
      return [
        name,
        { shape, exponent, first: first + (third ?? 0) * shape.reduce((product, dim) => product * dim, 1) },
      ];
    }),
  );
}

export function safetensorsOf(
  tensors: ReadonlyMap<string, Window>,
  dtype: 'F16' | 'F32' = 'F16',
  metadata?: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const stored = [...tensors].map(
    ([name, window]) => [name, { shape: window.shape, dtype, data: bytesOf(window, dtype) }] as const,
  );
  return writeSafetensors(Object.fromEntries(stored), metadata);
}

/** A folder of files in memory. */
export function folderOf(title: string, files: Readonly<Record<string, Uint8Array>>): Folder {
  return {
    key: title,
    title,
    paths: Object.keys(files),
    open: async (path) => {
      const bytes = files[path];
      return bytes && bytesInMemory(bytes);
    },
  };
}

const text = (content: string) => new TextEncoder().encode(content);
const json = (content: unknown) => text(JSON.stringify(content));

/** A diffusers folder; `weights` gives the files of a part. The tokenizer is CLIP's, of `merges`. */
export function diffusersFolder(
  name: string,
  merges: string,
  vocabulary: Readonly<Record<string, number>>,
  weights: (part: string, base: string) => Readonly<Record<string, Uint8Array>>,
): Folder {
  const { family, folder } = checkpoints[name] as Checkpoint;
  if (!folder) throw new Error(`"${name}" was recorded as a single file only.`);
  const special = { bos_token: '<|startoftext|>', eos_token: '<|endoftext|>' };
  return folderOf(name, {
    'model_index.json': json(folder.index),
    'scheduler/scheduler_config.json': json(folder.configs.scheduler),
    'tokenizer/vocab.json': json(vocabulary),
    'tokenizer/merges.txt': text(`#version: 0.2\n${merges}\n`),
    'tokenizer/special_tokens_map.json': json({ ...special, pad_token: family === 'sd2' ? '!' : special.eos_token }),
    ...Object.fromEntries(
      ['unet', 'vae', 'text_encoder'].flatMap((part) => [
        [`${part}/config.json`, json(folder.configs[part])],
        ...Object.entries(weights(part, part === 'text_encoder' ? 'model' : 'diffusion_pytorch_model')).map(
          ([file, bytes]) => [`${part}/${file}`, bytes] as const,
        ),
      ]),
    ),
  });
}

export async function vocabularyFolder(read: ReadReference): Promise<Folder> {
  const bytes = await read('../../models/clip-vocabulary/model/merges.bin');
  if (!bytes) throw new Error('There is no vocabulary.');
  return folderOf('clip-vocabulary', { 'merges.bin': bytes });
}
