import fc from 'fast-check';
import { encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import recorded from '../../test/fixtures/small-formats.json';
import { decodePng, encodePng, type Picture, readPngTexts } from './png';

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

const gradient: Picture = {
  width: 5,
  height: 3,
  data: Float32Array.from({ length: 45 }, (_, index) => ((index * 37) % 256) / 255),
};

function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  expect(Math.max(...Array.from(actual, (value, at) => Math.abs(value - (expected[at] as number))))).toBeLessThan(2e-6);
}

describe('a PNG', () => {
  test.each(recorded.png)(
    'of Pillow, $name, has the pixels and the opacity that Pillow sees, laid on white',
    (file) => {
      const plane = file.width * file.height;
      const onWhite = Array.from({ length: 3 * plane }, (_, at) => {
        const alpha = file.rgba[3 * plane + (at % plane)] as number;
        return (file.rgba[at] as number) * alpha + 1 - alpha;
      });
      const picture = decodePng(bytesOf(file.bytes));
      expect([picture.width, picture.height]).toEqual([file.width, file.height]);
      expectNear(picture.data, onWhite);
      expectNear(picture.alpha ?? new Float32Array(plane).fill(1), file.rgba.slice(3 * plane));
    },
  );

  test('of 16 bits a channel keeps all of them', () => {
    const { values, bytes } = recorded.deep;
    const gray = values.map((value) => value / 65535);
    expectNear(decodePng(bytesOf(bytes)).data, [...gray, ...gray, ...gray]);
  });

  test('that is interlaced is read', () => {
    const data = Uint8Array.from(
      { length: 45 },
      (_, at) => (gradient.data[(at % 3) * 15 + Math.floor(at / 3)] as number) * 255 + 0.5,
    );
    const bytes = encode({ width: 5, height: 3, channels: 3, depth: 8, data }, { interlace: 'Adam7' });
    expectNear(decodePng(bytes).data, gradient.data);
  });

  test('rounds as diffusers does, halves to even, and clamps', () => {
    const { values, bytes } = recorded.rounding;
    const data = Float32Array.from([...values, ...values, ...values]);
    const read = decodePng(encodePng({ width: values.length, height: 1, data })).data;
    expect([...read.slice(0, values.length)].map((value) => Math.round(value * 255))).toEqual(bytes);
  });

  test('gives back the picture and the texts that were written', () => {
    const texts = { weft: '{"format":"weft"}', prompt: 'a café, 猫 🐱', parameters: 'a\nb' };
    const bytes = encodePng(gradient, texts);
    const { texts: read, ...picture } = decodePng(bytes);
    expect(picture).toEqual(gradient);
    expect(read).toEqual(texts);
    expect(readPngTexts(bytes)).toEqual(texts);
  });

  test('has the texts that Pillow wrote', () => {
    const file = recorded.png.find(({ name }) => name === 'RGB with texts');
    expect(readPngTexts(bytesOf(file?.bytes ?? ''))).toEqual({
      parameters: 'a cat\nSteps: 20',
      Software: 'café',
      prompt: '猫 🐱',
    });
  });

  test('is not written with a keyword that the format forbids', () => {
    expect(() => encodePng(gradient, { 猫: 'cat' })).toThrow('"猫" cannot name a text in a PNG file');
    expect(() => encodePng(gradient, { '': 'cat' })).toThrow('cannot name a text');
  });

  test('is not written where size and values differ', () => {
    expect(() => encodePng({ ...gradient, width: 4 })).toThrow('A picture of 4 x 3 has 36 values, not 45.');
  });
});

describe('a file that is no sound PNG', () => {
  const sound = encodePng(gradient, { weft: '{}' });

  test('is refused in a sentence', () => {
    expect(() => decodePng(new Uint8Array())).toThrow('This is not a PNG file: its first eight bytes are others.');
    expect(() => decodePng(sound.subarray(0, 60))).toThrow('The PNG file is cut off before its end mark.');
    const damaged = sound.slice();
    damaged[20] = 9;
    expect(() => decodePng(damaged)).toThrow('The PNG file is damaged: the checksum of its part "IHDR" does not fit.');
  });

  test('is refused before anything is allocated for the size it claims', () => {
    const claiming = (width: number): Uint8Array => {
      const bytes = sound.slice();
      new DataView(bytes.buffer).setUint32(16, width);
      return withChecksums(bytes);
    };
    expect(() => decodePng(claiming(0))).toThrow(
      'The PNG file claims to be 0 x 3 pixels; 1 to 67108864 of them can be read.',
    );
    expect(() => decodePng(claiming(2 ** 31))).toThrow('claims to be 2147483648 x 3 pixels');
    expect(() => decodePng(claiming(2 ** 20))).toThrow('but it is too short for so many.');
  });

  test('is read or refused in a sentence whatever its bytes, checksums made to fit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(...recorded.png.map(({ bytes }) => bytes)),
        (changes, base64) => {
          const bytes = bytesOf(base64);
          for (const [at, value] of changes) bytes[8 + (at % (bytes.length - 8))] = value;
          try {
            const { width, height, data } = decodePng(withChecksums(bytes));
            expect(data.length).toBe(3 * width * height);
          } catch (error) {
            expect((error as Error).message).toMatch(/^(This is not a|The|The pixels of the) PNG file .*\.$/);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** Rewrites the checksum of every chunk that still lies within the file, so that what is behind the checksums is tried. */
function withChecksums(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer);
  for (let start = 8; start + 12 <= bytes.length; ) {
    const end = start + 8 + view.getUint32(start);
    if (end + 4 > bytes.length) break;
    let crc = 0xffffffff;
    for (const byte of bytes.subarray(start + 4, end)) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
    view.setUint32(end, ~crc >>> 0);
    start = end + 4;
  }
  return bytes;
}
