import { writeExif } from './exif';

/** The segments of a JPEG file before its pixels (ITU-T T.81, annex B), as far as EXIF needs them. */

const APP1 = 0xe1;
const START_OF_SCAN = 0xda;
const exifMark = new TextEncoder().encode('Exif\0\0');
/** A segment tells its length, with the two bytes that tell it, in two bytes. */
const LARGEST = 0xffff - 2;

const isExif = (data: Uint8Array): boolean => exifMark.every((byte, i) => data[i] === byte);

interface Segment {
  readonly marker: number;
  readonly begin: number;
  readonly end: number;
  readonly data: Uint8Array;
}

/** The segments up to the first scan. Throws a sentence where the file is no JPEG or is cut off. */
function readSegments(bytes: Uint8Array): Segment[] {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw new Error('This is not a JPEG file.');
  const segments: Segment[] = [];
  for (let at = 2; ; ) {
    if (at + 4 > bytes.length || bytes[at] !== 0xff) throw new Error('The JPEG file is damaged or cut off.');
    const marker = bytes[at + 1] as number;
    if (marker === START_OF_SCAN) return segments;
    // Any number of these may stand before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const end = at + 2 + (((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number));
    if (end < at + 4 || end > bytes.length) throw new Error('The JPEG file is damaged or cut off.');
    segments.push({ marker, begin: at, end, data: bytes.subarray(at + 4, end) });
    at = end;
  }
}

/** The EXIF part of a JPEG file (TIFF), where it has one. Throws a sentence where it is no JPEG or is cut off. */
export function exifOfJpeg(bytes: Uint8Array): Uint8Array | undefined {
  const segment = readSegments(bytes).find(({ marker, data }) => marker === APP1 && isExif(data));
  return segment?.data.subarray(exifMark.length);
}

/** A JPEG file with a text in its EXIF part. Throws a sentence where the text is longer than a segment, 64 kB. */
export function describedJpeg(bytes: Uint8Array, text: string): Uint8Array<ArrayBuffer> {
  const exif = writeExif(text);
  const size = exifMark.length + exif.length;
  if (size > LARGEST)
    throw new Error('This graph is too long for a JPEG file, which takes 64 kB of text. Save it as PNG or WebP.');
  const kept = [bytes.subarray(0, 2), Uint8Array.of(0xff, APP1, (size + 2) >> 8, (size + 2) & 0xff), exifMark, exif];
  let from = 2;
  for (const { marker, data, begin, end } of readSegments(bytes)) {
    if (marker === APP1 && isExif(data)) continue;
    kept.push(bytes.subarray(begin, end));
    from = end;
  }
  const parts = [...kept, bytes.subarray(from)];
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
