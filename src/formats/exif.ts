/** Texts in the EXIF part of a picture, which is a TIFF file without pixels (TIFF 6.0, EXIF 2.3). */

const IMAGE_DESCRIPTION = 0x010e;
const ASCII = 2;

/** An EXIF part with one text, as ImageDescription (TIFF 6.0, section 8). Little-endian: header, one directory with one field, its bytes (UTF-8) with a zero at the end. */
export function writeExif(text: string): Uint8Array<ArrayBuffer> {
  const value = new TextEncoder().encode(`${text}\0`);
  // A value of up to four bytes would stand in the entry itself; one is never that short here.
  const padded = value.length < 5 ? new Uint8Array([...value, ...new Uint8Array(5 - value.length)]) : value;
  const begin = 8 + 2 + 12 + 4;
  const bytes = new Uint8Array(begin + padded.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x49, 0x49, 42, 0]);
  view.setUint32(4, 8, true);
  view.setUint16(8, 1, true);
  view.setUint16(10, IMAGE_DESCRIPTION, true);
  view.setUint16(12, ASCII, true);
  view.setUint32(14, padded.length, true);
  view.setUint32(18, begin, true);
  bytes.set(padded, begin);
  return bytes;
}

/** Some programs write the prefix that JPEG has before it. */
const withoutPrefix = (bytes: Uint8Array): Uint8Array =>
  new TextDecoder('latin1').decode(bytes.subarray(0, 6)) === 'Exif\0\0' ? bytes.subarray(6) : bytes;

const UNDEFINED = 7;
const EXIF_DIRECTORY = 0x8769;
const sizes: Readonly<Record<number, number>> = { 1: 1, [ASCII]: 1, 3: 2, 4: 4, 5: 8, [UNDEFINED]: 1, 9: 4, 10: 8 };

/**
 * The texts of an EXIF part (TIFF), with or without the mark that JPEG has before it: the ASCII and comment fields of its
 * directories (TIFF 6.0, section 2; EXIF 2.3).
 */
export function exifTexts(part: Uint8Array): string[] {
  const bytes = withoutPrefix(part);
  if (bytes.length < 8) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[0] === 0x49;
  const texts: string[] = [];
  const open = [view.getUint32(4, little)];
  const seen = new Set<number>();
  for (let directory = open.pop(); directory !== undefined; directory = open.pop()) {
    if (seen.has(directory) || seen.size > 16 || directory + 2 > bytes.length) continue;
    seen.add(directory);
    const count = view.getUint16(directory, little);
    for (let entry = 0; entry < count; entry++) {
      const at = directory + 2 + 12 * entry;
      if (at + 12 > bytes.length) break;
      const type = view.getUint16(at + 2, little);
      const length = view.getUint32(at + 4, little) * (sizes[type] ?? 0);
      const value = length <= 4 ? at + 8 : view.getUint32(at + 8, little);
      if (view.getUint16(at, little) === EXIF_DIRECTORY) open.push(view.getUint32(at + 8, little));
      else if ((type === ASCII || type === UNDEFINED) && length > 0 && value + length <= bytes.length)
        texts.push(decoded(bytes.subarray(value, value + length)));
    }
  }
  return texts;
}

/** UTF-8, or a comment that names its encoding in the first eight bytes. */
function decoded(bytes: Uint8Array): string {
  const label = new TextDecoder('latin1').decode(bytes.subarray(0, 8));
  if (label === 'UNICODE\0') {
    const body = bytes.subarray(8);
    const encoding = body[0] === 0 ? 'utf-16be' : 'utf-16le';
    return new TextDecoder(encoding).decode(body).replace(/\0+$/, '');
  }
  const body = label === 'ASCII\0\0\0' ? bytes.subarray(8) : bytes;
  return new TextDecoder().decode(body).replace(/\0+$/, '');
}
