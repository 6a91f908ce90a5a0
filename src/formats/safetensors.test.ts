import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesInMemory } from './bytes';
import { openFileBytes } from './bytes.node';
import { type Dtype, ITEM_SIZES } from './bytes-to-float32';
import { openSafetensors, writeSafetensors } from './safetensors';

const fixture = new Uint8Array(readFileSync(new URL('../../test/fixtures/element-types.safetensors', import.meta.url)));

function fileWithHeader(header: string, dataBytes = 0): Uint8Array {
  const text = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + text.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file;
}

const open = (bytes: Uint8Array) => openSafetensors(bytesInMemory(bytes));

describe('a file written by the safetensors package', () => {
  const types = ['F64', 'F32', 'F16', 'BF16', 'I64', 'I32', 'I16', 'I8', 'U8', 'BOOL', 'scalar', 'empty'];

  test.each(types)('reads %s as torch converts it to float32', (name) => {
    const file = open(fixture);
    expect(file.read(name)).toEqual(file.read(`${name}.float32`));
    const target = new Float32Array(file.read(name).length);
    file.readInto(name, target);
    expect(target).toEqual(file.read(`${name}.float32`));
  });

  test('reads the same from disk, and at an address that no element type is aligned to', () => {
    const shifted = new Uint8Array(fixture.length + 1);
    shifted.set(fixture, 1);
    const disk = openFileBytes('test/fixtures/element-types.safetensors');
    const [memory, odd, file] = [open(fixture), open(shifted.subarray(1)), openSafetensors(disk)];
    for (const name of types) {
      expect(odd.read(name)).toEqual(memory.read(name));
      expect(file.read(name)).toEqual(memory.read(name));
    }
    disk.close();
  });

  test('reads metadata, shapes and single rows', () => {
    const file = open(fixture);
    expect(file.metadata).toEqual({ 'made by': 'the "safetensors" package' });
    expect(file.tensors.get('F32')).toMatchObject({ dtype: 'F32', shape: [4, 4, 4] });
    expect(file.tensors.get('scalar')).toMatchObject({ shape: [] });
    expect(file.readRows('F16', 2, 5)).toEqual(file.read('F16').slice(16, 40));
    expect(file.readRows('F32', 4, 4)).toHaveLength(0);
    expect(() => file.readRows('F32', 3, 5)).toThrow('no rows 3 to 5');
    expect(() => file.read('absent')).toThrow('no tensor "absent"');
  });

  test('is written back byte for byte', () => {
    const file = open(fixture);
    const tensors = [...file.tensors].map(([name, { dtype, shape, begin, end }]) => {
      return [name, { dtype, shape, data: fixture.slice(begin, end) }] as const;
    });
    expect(writeSafetensors(Object.fromEntries(tensors), file.metadata)).toEqual(fixture);
  });
});

describe('a file that is not sound is refused with a sentence', () => {
  const entry = (changes: object) =>
    JSON.stringify({ x: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...changes } });
  const cases: [string, Uint8Array, string][] = [
    ['nothing', new Uint8Array(0), 'it has 0 bytes'],
    ['a header beyond the end', fileWithHeader('{}').subarray(0, 9), 'Is the download complete?'],
    ['a header of exabytes', new Uint8Array(16).fill(255), 'the format allows 100 MB'],
    ['a web page', new TextEncoder().encode('<!doctype html><html></html>'), 'the format allows 100 MB'],
    ['bytes that are not text', fileWithHeader('{}').map((byte, i) => (i === 8 ? 0xff : byte)), 'not UTF-8'],
    ['text that is not JSON', fileWithHeader('{"x":'), 'not JSON'],
    ['deep nesting', fileWithHeader('['.repeat(200_000) + ']'.repeat(200_000)), 'not a JSON object'],
    ['a list', fileWithHeader('[]'), 'not a JSON object'],
    ['metadata that is no text', fileWithHeader('{"__metadata__":{"a":1}}'), 'metadata "a" is not text'],
    ['metadata that is no object', fileWithHeader('{"__metadata__":[]}'), '"__metadata__" is not a JSON object'],
    ['a tensor that is no object', fileWithHeader('{"x":7}'), 'tensor "x" is not described'],
    ['an unknown element type', fileWithHeader(entry({ dtype: 'Q4' }), 8), 'unknown element type "Q4"'],
    ['an inherited property as type', fileWithHeader(entry({ dtype: 'constructor' }), 8), 'unknown element type'],
    ['an element type that is no text', fileWithHeader(entry({ dtype: { toString: 1 } }), 8), 'no element type'],
    ['an unknown field', fileWithHeader(entry({ strides: [1] }), 8), 'unknown field "strides"'],
    ['a negative size', fileWithHeader(entry({ shape: [-2] }), 8), 'not a list of sizes'],
    ['a fractional size', fileWithHeader(entry({ shape: [0.5] }), 8), 'not a list of sizes'],
    ['one offset', fileWithHeader(entry({ data_offsets: [0] }), 8), 'not two byte positions'],
    ['offsets in disorder', fileWithHeader(entry({ shape: [0], data_offsets: [8, 4] }), 8), 'its data is at 8 to 4'],
    ['a size that overflows', fileWithHeader(entry({ shape: [2 ** 40, 2 ** 40] }), 8), 'its data is at 0 to 8'],
    ['data that is too short', fileWithHeader(entry({ shape: [3] }), 12), '12 bytes, but its data is at 0 to 8'],
    ['a tensor beyond the end', fileWithHeader(entry({}), 7), 'Is the download complete?'],
    [
      'two tensors on the same bytes',
      fileWithHeader(
        '{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[3,7]}}',
        7,
      ),
      '"a" and "b" share bytes',
    ],
    [
      'the same name twice, once escaped',
      fileWithHeader(
        '{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"\\u0061" :{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}',
        2,
      ),
      'a name occurs twice',
    ],
    [
      'a type that occurs twice',
      fileWithHeader('{"a":{"dtype":"I8","dtype":"U8","shape":[1],"data_offsets":[0,1]}}', 1),
      'a name occurs twice',
    ],
  ];
  test.each(cases)('%s', (_, bytes, message) => {
    expect(() => open(bytes)).toThrow(message);
  });
});

test('a header may be padded with spaces and hold a tensor called __proto__', () => {
  const file = open(fileWithHeader('{"__proto__":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}     ', 1));
  expect(file.read('__proto__')).toEqual(new Float32Array(1));
});

test('element types that have no float32 form are listed, and refused when read', () => {
  const file = open(fileWithHeader('{"x":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}', 1));
  expect(file.tensors.get('x')?.dtype).toBe('F8_E4M3');
  expect(() => file.read('x')).toThrow('F8_E4M3 cannot be read as float32');
});

describe('properties', () => {
  const tensor = fc
    .record({
      dtype: fc.constantFrom<Dtype[]>(...(Object.keys(ITEM_SIZES) as Dtype[])),
      shape: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
      seed: fc.integer({ min: 0, max: 255 }),
    })
    .map(({ dtype, shape, seed }) => {
      const bytes = shape.reduce((product, dim) => product * dim, ITEM_SIZES[dtype] as number);
      return { dtype, shape, data: Uint8Array.from({ length: bytes }, (_, i) => (seed + i * 7) % 256) };
    });
  const name = fc.string({ unit: 'grapheme' }).filter((text) => text !== '__metadata__');

  test('whatever is written is read back', () => {
    fc.assert(
      fc.property(fc.dictionary(name, tensor), fc.dictionary(fc.string(), fc.string()), (tensors, metadata) => {
        const bytes = writeSafetensors(tensors, metadata);
        const file = open(bytes);
        expect({ ...file.metadata }).toEqual({ ...metadata });
        expect(file.tensors.size).toBe(Object.keys(tensors).length);
        for (const [key, { dtype, shape, data }] of Object.entries(tensors)) {
          const entry = file.tensors.get(key);
          expect(entry).toMatchObject({ dtype, shape });
          expect(bytes.slice(entry?.begin, entry?.end)).toEqual(data);
        }
      }),
    );
  });

  test('a cut or changed file is read or refused with a sentence, never worse', () => {
    const change = fc.record({ at: fc.nat(fixture.length - 1), to: fc.nat(255) });
    const inHeader = fc.record({ at: fc.nat(2000), to: fc.constantFrom(...Buffer.from('0123456789[]{},:"-.eE\\ ')) });
    fc.assert(
      fc.property(
        fc.array(fc.oneof(change, inHeader), { maxLength: 4 }),
        fc.option(fc.nat(fixture.length)),
        (changes, cut) => {
          const bytes = fixture.slice(0, cut ?? fixture.length);
          for (const { at, to } of changes) if (at < bytes.length) bytes[at] = to;
          try {
            const file = open(bytes);
            for (const [key, { end }] of file.tensors) {
              expect(end).toBeLessThanOrEqual(bytes.length);
              if (!/^F8|^C/.test(file.tensors.get(key)?.dtype ?? '')) file.read(key);
            }
          } catch (error) {
            expect((error as Error).message).toMatch(/^This is not a sound safetensors file: .*[.?]$/s);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
