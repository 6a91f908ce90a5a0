import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ByteSource } from '../core/device';
import { bytesInMemory } from './bytes';
import { openSafetensors } from './safetensors';
import { openTorchFile } from './torch-file';

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`../../test/fixtures/${name}`, import.meta.url)));

/** mulberry32: the same mutations each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const texts = (...words: string[]) => words.map((word) => [...word].map((letter) => letter.charCodeAt(0)));

/** What a header of JSON is likely to break on. */
const JSON_PIECES = texts(
  '0',
  '-1',
  '9999999999999999',
  '1e9',
  '[',
  ']',
  '{',
  '}',
  '"',
  ',',
  ':',
  '"F32"',
  '"__proto__":',
  '\\u0000',
  'null',
);
/** Instructions of pickles, and what they may be followed by. */
const PICKLE_PIECES = [
  ...texts('(', ')', ']', '}', 't', 'u', 'e', 'R', 'Q', 'b', '.', '0', '2', 'N', 'cos\nsystem\n', 'cbuiltins\neval\n'),
  ...[0x80, 0x81, 0x85, 0x86, 0x87, 0x8f, 0x90, 0x93, 0x94, 0x95].map((code) => [code]),
  [0x58, 0xff, 0xff, 0xff, 0x7f],
  [0x8b, 0xff, 0xff, 0, 0],
  [0x4a, 0xff, 0xff, 0xff, 0xff],
  [0x6a, 1, 0, 0, 0],
];

/** `bytes` with `count` of them at `at` replaced. */
function spliced(bytes: Uint8Array, at: number, count: number, by: ArrayLike<number>): Uint8Array {
  const begin = Math.min(at, bytes.length);
  const end = Math.min(begin + count, bytes.length);
  const made = new Uint8Array(bytes.length - (end - begin) + by.length);
  made.set(bytes.subarray(0, begin));
  made.set(by, begin);
  made.set(bytes.subarray(end), begin + by.length);
  return made;
}

/** One to four changes between `begin` and `end`: bytes changed, pieces put in, parts cut out, repeated or the end cut off. */
function mutate(
  file: Uint8Array,
  begin: number,
  end: number,
  pieces: readonly number[][],
  next: (below: number) => number,
): Uint8Array {
  let bytes: Uint8Array = file.slice();
  for (let count = 1 + next(4); count > 0; count -= 1) {
    const at = begin + next(Math.max(1, Math.min(end, bytes.length) - begin));
    const length = 1 + next(12);
    const kind = next(12);
    if (kind < 5) bytes[at] = next(256);
    else if (kind < 8) bytes = spliced(bytes, at, next(2) * length, pieces[next(pieces.length)] as number[]);
    else if (kind < 9) bytes = spliced(bytes, at, length, []);
    else if (kind < 10) bytes = spliced(bytes, at, 0, bytes.subarray(at, at + length));
    else if (kind < 11)
      bytes = spliced(bytes, at, length, bytes.subarray(begin + next(end - begin), begin + next(end - begin)));
    else if (next(4) === 0) bytes = bytes.slice(0, at);
  }
  return bytes;
}

/** Counts what is read of a source. */
function counted(bytes: Uint8Array): { source: ByteSource; read: () => number } {
  const memory = bytesInMemory(bytes);
  let total = 0;
  return {
    read: () => total,
    source: {
      size: memory.size,
      read(begin, end) {
        total += end - begin;
        return memory.read(begin, end);
      },
    },
  };
}

const SENTENCE = /[.?]$/;
const RUNS = 50_000;
/** Elements up to which a tensor is read to see that it can be. */
const SMALL = 4096;

/** Opens what mutations make of files: each is read within bounds, or refused with a sentence. Says how many were which. */
function tryAll(
  open: typeof openSafetensors | typeof openTorchFile,
  files: readonly { readonly bytes: Uint8Array; readonly begin: number; readonly end: number }[],
  pieces: readonly number[][],
): { opened: number; refused: number } {
  const next = numbers(20);
  const outcome = { opened: 0, refused: 0 };
  for (let run = 0; run < RUNS; run += 1) {
    const { bytes, begin, end } = files[run % files.length] as (typeof files)[number];
    const { source, read } = counted(mutate(bytes, begin, end, pieces, next));
    const started = performance.now();
    try {
      const file = open(source);
      // The header, the list of files and each tensor's place are read once, and nothing over and over.
      if (read() > 4 * source.size + 2 ** 18) throw new TypeError(`${read()} bytes were read of ${source.size}.`);
      for (const [name, { shape, dtype }] of file.tensors) {
        const count = shape.reduce((product, dim) => product * dim, 1);
        if (count <= SMALL && !/^(F8|C)/.test(dtype) && file.read(name).length !== count) {
          throw new TypeError(`"${name}" has another number of elements than its shape says.`);
        }
      }
      outcome.opened += 1;
    } catch (error) {
      const failure = error as Error;
      if (failure.constructor !== Error || !SENTENCE.test(failure.message)) {
        throw new Error(`Run ${run} failed with no sentence: ${String(error)}`, { cause: error });
      }
      outcome.refused += 1;
    }
    if (performance.now() - started > 20_000) throw new Error(`Run ${run} took more than 20 seconds.`);
  }
  return outcome;
}

const globals = Object.keys(globalThis).length;

/** A file that got further than it may would show in what every object has, or in what all code sees. */
const untouched = () => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(Object.keys(globalThis)).toHaveLength(globals);
};

test('50,000 mutated safetensors headers are read within bounds or refused with a sentence', {
  timeout: 120_000,
}, () => {
  const bytes = fixture('element-types.safetensors');
  const end = 8 + new DataView(bytes.buffer).getUint32(0, true);
  // The whole file, and its first tensors alone, in which a change more often leaves the rest sound.
  const small = fixture('torch-files/alone.safetensors');
  const smallEnd = 8 + new DataView(small.buffer).getUint32(0, true);
  const outcome = tryAll(
    openSafetensors,
    [
      { bytes, begin: 0, end },
      { bytes: small, begin: 0, end: smallEnd },
    ],
    JSON_PIECES,
  );
  expect(outcome.opened).toBeGreaterThan(RUNS / 100);
  expect(outcome.refused).toBeGreaterThan(RUNS / 4);
  untouched();
});

test('50,000 mutated PyTorch files are read within bounds or refused with a sentence, and nothing of them runs', {
  timeout: 120_000,
}, () => {
  const files = ['alone.pt', 'module.pt', 'legacy.pt'].map((name) => {
    const bytes = fixture(`torch-files/${name}`);
    return { bytes, begin: 0, end: bytes.length };
  });
  const outcome = tryAll(openTorchFile, files, PICKLE_PIECES);
  expect(outcome.opened).toBeGreaterThan(RUNS / 100);
  expect(outcome.refused).toBeGreaterThan(RUNS / 4);
  untouched();
});
