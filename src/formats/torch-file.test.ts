import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bytesInMemory } from './bytes';
import { openSafetensors } from './safetensors';
import { openTensorFile } from './tensor-file';
import { openTorchFile } from './torch-file';

const bytesOf = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../test/fixtures/torch-files/${name}`, import.meta.url)));
const open = (name: string) => openTensorFile(bytesInMemory(bytesOf(name)));
const expected = openSafetensors(bytesInMemory(bytesOf('expected.safetensors')));
const dtypes = JSON.parse(expected.metadata.dtypes ?? '') as Record<string, string>;

function expectTensors(actual: ReturnType<typeof open>, group: string): void {
  const names = [...expected.tensors.keys()].filter((name) => name.startsWith(`${group}/`));
  const own = names.map((name) => name.slice(group.length + 1));
  expect([...actual.tensors.keys()].sort()).toEqual(own.sort());
  for (const name of own) {
    const wanted = `${group}/${name}`;
    expect(actual.tensors.get(name)?.shape, name).toEqual(expected.tensors.get(wanted)?.shape);
    expect(actual.read(name), name).toEqual(expected.read(wanted));
  }
}

describe('what torch.save wrote is read as torch reads it:', () => {
  test.each(['zip.pt', 'legacy.pt', 'lightning.ckpt', 'lightning-legacy.ckpt'])(
    'every element type and layout of memory, in %s',
    (name) => {
      const file = open(name);
      expectTensors(file, 'nested');
      for (const [tensor, dtype] of Object.entries(dtypes)) expect(file.tensors.get(tensor)?.dtype).toBe(dtype);
    },
  );

  test.each(['zip.pt', 'legacy.pt'])('rows of a tensor, whatever its layout, in %s', (name) => {
    const file = open(name);
    for (const [tensor, { shape }] of file.tensors) {
      const [rows = 0] = shape;
      if (rows < 2) continue;
      const row = file.read(tensor).length / rows;
      expect(file.readRows(tensor, 1, rows), tensor).toEqual(file.read(tensor).slice(row));
    }
    expect(() => file.readRows('float32', 2, 4)).toThrow('no rows 2 to 4');
    expect(() => file.read('nowhere')).toThrow('no tensor "nowhere"');
  });

  test.each(['embedding.pt', 'embedding-parameters.pt'])('an embedding of AUTOMATIC1111, in %s', (name) => {
    const file = open(name);
    expectTensors(file, 'embedding');
    expect(file.metadata).toEqual({ name: 'zork', step: '500' });
  });

  test('a module that was saved whole', () => expectTensors(open('module.pt'), 'module'));
  test('a tensor alone', () => expectTensors(open('alone.pt'), 'alone'));

  test('what a trainer says beside the weights is kept as text', () => {
    expect(open('lightning.ckpt').metadata).toEqual({
      epoch: '3',
      global_step: '875000',
      'pytorch-lightning_version': '1.4.2',
    });
  });
});

test('a file that would run a program is refused, and the program is not run', () => {
  expect(() => open('harmful.pt')).toThrow('would call posix.system when PyTorch opens it');
  expect(existsSync('/tmp/weft-was-here')).toBe(false);
});

/** A pickle as torch's legacy format frames it. */
function legacyFile(pickle: number[] | Uint8Array, littleEndian = true): Uint8Array {
  const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
  const magic = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];
  const protocol = [0x80, 2, 0x4d, 0xe9, 0x03, 0x2e];
  const system = [0x80, 2, 0x7d, 0x58, 13, 0, 0, 0, ...ascii('little_endian'), littleEndian ? 0x88 : 0x89, 0x73, 0x2e];
  return Uint8Array.from([...magic, ...protocol, ...system, ...pickle, 0x80, 2, 0x5d, 0x2e]);
}

const letters = (text: string) => [...text].map((letter) => letter.charCodeAt(0));

describe('a file that is not sound is refused with a sentence:', () => {
  const zip = bytesOf('zip.pt');
  const cases: [string, Uint8Array, string][] = [
    ['a download that was cut', zip.subarray(0, 3000), 'Is the download complete?'],
    [
      'a pickle that torch did not write',
      Uint8Array.from([0x80, 4, ...letters('}q....')]),
      'not one that PyTorch wrote',
    ],
    ['numbers in big-endian order', legacyFile([0x7d, 0x2e], false), 'big-endian'],
    ['an instruction of protocol 0', legacyFile(letters("S'text'\n.")), 'instruction 83'],
    ['more values taken than given', legacyFile(letters('}0s.')), 'takes more values than it gives'],
    ['what was never remembered', legacyFile([0x68, 9, 0x2e]), 'refers to what it does not have'],
    ['a mark that was never set', legacyFile(letters('t.')), 'closes what was not opened'],
    ['a text of four gigabytes', legacyFile([0x58, 0xff, 0xff, 0xff, 0xff]), 'claims 4294967295 bytes'],
    ['a number of a gigabyte', legacyFile([0x8b, 0, 0, 0, 0x40]), 'claims 1073741824 bytes'],
    ['a description without end', legacyFile(new Uint8Array(2_500_000).fill(0x5d)), 'goes on for too long'],
    [
      'code that is evaluated',
      legacyFile([...letters('c__builtin__\neval\n(U\x011tR.')]),
      'would call __builtin__.eval',
    ],
  ];
  test.each(cases)('%s', (_, bytes, sentence) => {
    expect(() => openTorchFile(bytesInMemory(bytes))).toThrow(sentence);
  });
});

test('dictionaries that hold each other many times over come to an end', () => {
  // 60 dictionaries, each of which holds the one before twice: 2^60 paths.
  const pickle = [0x7d, 0x71, 0];
  for (let i = 1; i < 60; i += 1) {
    pickle.push(0x7d, 0x71, i, 0x28, 0x4b, 0, 0x68, i - 1, 0x4b, 1, 0x68, i - 1, 0x75);
  }
  const itself = [0x7d, 0x71, 0, 0x4b, 0, 0x68, 0, 0x73, 0x2e];
  expect(() => openTorchFile(bytesInMemory(legacyFile([...pickle, 0x2e])))).toThrow('more than 50000 entries');
  expect(openTorchFile(bytesInMemory(legacyFile(itself))).tensors.size).toBe(0);
});

test.each([
  ['GGUF\x03\0\0\0', 'a GGUF file'],
  ['version https://git-lfs.github.com/spec/v1\noid sha256:0', 'Git LFS'],
  ['<!doctype html><html></html>', 'a web page'],
])('what is downloaded in place of a model is named: %j', (content, words) => {
  expect(() => openTensorFile(bytesInMemory(new TextEncoder().encode(content)))).toThrow(words);
});
