import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesInMemory } from './bytes';
import { type SafetensorsTensor, writeSafetensors } from './safetensors';
import { readTextualInversion } from './textual-inversion';

const vectors = (count: number, width: number): SafetensorsTensor => ({
  shape: [count, width],
  data: Float32Array.from({ length: count * width }, (_, index) => index / 8),
});

const read = (tensors: Record<string, SafetensorsTensor>) =>
  readTextualInversion(bytesInMemory(writeSafetensors(tensors)), 'easynegative');

describe('a textual inversion embedding', () => {
  test('of diffusers has its key as its word, with one vector or several', () => {
    const { data } = vectors(1, 4);
    expect(read({ '<cat-toy>': { shape: [4], data: data as Float32Array } })).toEqual({
      word: '<cat-toy>',
      aliases: ['easynegative'],
      vectors: data,
      width: 4,
    });
    expect(read({ '<cat-toy>': vectors(3, 4) })).toMatchObject({ word: '<cat-toy>', width: 4 });
  });

  test('of A1111 and the CLIP-L half of one for SDXL have the name of the file as their word', () => {
    expect(read({ emb_params: vectors(8, 4) })).toMatchObject({ word: 'easynegative', width: 4 });
    expect(read({ clip_g: vectors(2, 6), clip_l: vectors(2, 4) })).toMatchObject({
      word: 'easynegative',
      width: 4,
      notes: ['"easynegative" was made for SDXL; the half of it that its first text encoder reads is used.'],
    });
    expect(read({ emb_params: vectors(8, 4), other: vectors(1, 1) }).notes).toEqual([
      'Not used of "easynegative": other.',
    ]);
    expect(read({ emb_params: vectors(8, 4) })).not.toHaveProperty('aliases');
  });

  test('may be stored in half precision', () => {
    const data = new Uint8Array(Uint16Array.of(0x3c00, 0xc000).buffer);
    expect(read({ emb_params: { shape: [1, 2], dtype: 'F16', data } }).vectors).toEqual(Float32Array.of(1, -2));
  });

  test.each<[Record<string, SafetensorsTensor>, RegExp]>([
    [{}, /^"easynegative" is not a textual inversion embedding: it holds 0 tensors/],
    [
      { 'a.weight': vectors(2, 2), 'b.weight': vectors(2, 2) },
      /it holds 2 tensors, where one or "emb_params" is expected\.$/,
    ],
    [
      { word: { shape: [1, 2, 2], data: new Float32Array(4) } },
      /has the shape \[1, 2, 2\] instead of \[vectors, width\]\.$/,
    ],
    [{ word: vectors(0, 4) }, /has the shape \[0, 4\]/],
    [{ ' ': vectors(1, 4) }, /has no word/],
    [{ word: { shape: [1], data: Float32Array.of(Number.NaN) } }, /holds values that are not finite\.$/],
  ])('is refused in a sentence where it is something else %#', (tensors, message) => {
    expect(() => read(tensors)).toThrow(message);
  });

  test('that is damaged is read or refused in a sentence, never anything else', () => {
    const sound = writeSafetensors({ emb_params: vectors(2, 3) });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 4 }),
        fc.nat(sound.length),
        (changes, length) => {
          const bytes = sound.slice(0, length);
          for (const [at, value] of changes) if (at < length) bytes[at] = value;
          try {
            const embedding = readTextualInversion(bytesInMemory(bytes), 'a file');
            expect(embedding.vectors.length % embedding.width).toBe(0);
          } catch (error) {
            expect((error as Error).message).toMatch(/^[A-Z"].*[.?]$/s);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
