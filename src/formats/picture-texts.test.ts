import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { describedJpeg, exifOfJpeg } from './jpeg';
import { textsInPicture } from './picture-texts';
import { describedWebp } from './webp';

const text = 'weft:{"name":"Käfer"}';
const file = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../test/reference/picture-texts/${name}`, import.meta.url)));
/** A part of a WebP file by its four letters. */
const part = (bytes: Uint8Array, type: string) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let at = 12; at < bytes.length; at += 8 + view.getUint32(at + 4, true) + (view.getUint32(at + 4, true) & 1))
    if (new TextDecoder('latin1').decode(bytes.subarray(at, at + 4)) === type)
      return [...bytes.subarray(at + 8, at + 8 + view.getUint32(at + 4, true))];
  return undefined;
};

describe('a text in a picture', () => {
  test.each([
    ['plain.webp', 'described.webp', 'VP8 '],
    ['clear.webp', 'described-clear.webp', 'VP8L'],
  ])('lies in %s as libwebp puts it into %s, and the pixels stay', (plain, described, pixels) => {
    const ours = describedWebp(file(plain), text);
    expect(part(ours, 'VP8X')).toEqual(part(file(described), 'VP8X'));
    expect(part(ours, pixels)).toEqual(part(file(plain), pixels));
    expect(String.fromCharCode(...(part(ours, 'EXIF') ?? []))).toContain('weft:{');
  });

  test.each(['described.jpg', 'described.webp', 'described-clear.webp'])(
    'is read in %s, which Pillow wrote, and where it was written here',
    (name) => {
      const expected = { named: { weft: '{"name":"Käfer"}' }, others: [] };
      expect(textsInPicture(file(name))).toEqual(expected);
      const write = name.endsWith('jpg') ? describedJpeg : describedWebp;
      expect(textsInPicture(write(file(name.replace('described-', '').replace('described', 'plain')), text))).toEqual(
        expected,
      );
      expect(textsInPicture(file('plain.webp'))).toEqual({ named: {}, others: [] });
    },
  );

  test('takes the place of one that a WebP file had', () => {
    const twice = describedWebp(describedWebp(file('plain.webp'), 'an older one'), text);
    expect(twice).toEqual(describedWebp(file('plain.webp'), text));
  });

  test('lies in a JPEG file where Pillow puts it, and the rest stays', () => {
    const ours = describedJpeg(file('plain.jpg'), text);
    const words = (exif: Uint8Array | undefined) => new TextDecoder().decode(exif);
    expect(words(exifOfJpeg(file('described.jpg')))).toContain(text);
    expect(words(exifOfJpeg(ours))).toContain(text);
    expect(exifOfJpeg(file('plain.jpg'))).toBeUndefined();
    const rest = file('plain.jpg').subarray(2);
    expect(ours.subarray(ours.length - rest.length)).toEqual(rest);
    expect(describedJpeg(ours, text)).toEqual(ours);
  });

  test('that is too long for a JPEG file is refused with what to do', () => {
    expect(() => describedJpeg(file('plain.jpg'), 'x'.repeat(70_000))).toThrow(/Save it as PNG or WebP/);
  });

  test('is never looked for beyond the end of a damaged file', () => {
    for (const name of ['described.jpg', 'described.webp']) {
      const bytes = file(name);
      for (let length = 0; length < bytes.length; length += 7) {
        const act = () =>
          (name.endsWith('jpg') ? exifOfJpeg : (b: Uint8Array) => describedWebp(b, text))(bytes.slice(0, length));
        try {
          act();
        } catch (thrown) {
          expect((thrown as Error).message).toMatch(/^(This is not a|The) (JPEG|WebP) file/);
        }
      }
    }
  });
});
