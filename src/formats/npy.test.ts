import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import recorded from '../../test/fixtures/small-formats.json';
import { type NpyArray, readNpy, writeNpy } from './npy';

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

function arrayOf({ type, values, dims }: (typeof recorded.npy)[number]): NpyArray {
  return { dims, data: type === 'float32' ? Float32Array.from(values, Number) : BigInt64Array.from(values, BigInt) };
}

describe('a .npy file', () => {
  test.each(recorded.npy)('of numpy, version $version, $type $dims, is read', (file) => {
    expect(readNpy(bytesOf(file.bytes))).toEqual(arrayOf(file));
  });

  test.each(recorded.npy.filter(({ version }) => version === 1))(
    'of $type $dims is written as numpy writes it',
    (file) => {
      expect(writeNpy(arrayOf(file))).toEqual(bytesOf(file.bytes));
    },
  );

  test.each(Object.entries(recorded.refused))('of %s is refused in a sentence', (_, bytes) => {
    expect(() => readNpy(bytesOf(bytes))).toThrow(/^The .*\.npy file .*\.$/);
  });

  test('is read wherever its bytes lie in a larger buffer', () => {
    const bytes = writeNpy({ data: Float32Array.of(1, 2, 3), dims: [3] });
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(readNpy(shifted.subarray(3)).data).toEqual(Float32Array.of(1, 2, 3));
  });

  test('is not written where shape and elements differ', () => {
    expect(() => writeNpy({ data: new Float32Array(5), dims: [2, 3] })).toThrow('has 6 elements, not 5.');
  });

  test('that is damaged is read or refused in a sentence, never anything else', () => {
    const sound = writeNpy({ data: Float32Array.of(1, 2, 3, 4, 5, 6), dims: [2, 3] });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 4 }),
        fc.nat(sound.length),
        (changes, length) => {
          const bytes = sound.slice(0, length);
          for (const [at, value] of changes) if (at < length) bytes[at] = value;
          try {
            const { data, dims } = readNpy(bytes);
            expect(data.length).toBe(dims.reduce((product, size) => product * size, 1));
          } catch (error) {
            expect((error as Error).message).toMatch(/\.npy file.*\.$/);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
