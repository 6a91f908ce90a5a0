import { exifTexts } from './exif';
import { exifOfJpeg } from './jpeg';
import { readChunks, textsOf } from './png-chunks';
import { exifOfWebp } from './webp';

/** The texts in a picture file. */
export interface PictureTexts {
  /** By keyword: of a PNG file, or those that begin with one in EXIF, as in `workflow:{…}`. The first of equal ones counts. */
  readonly named: Readonly<Record<string, string>>;
  readonly others: readonly string[];
}

const starts = (bytes: Uint8Array, text: string, at = 0): boolean =>
  [...text].every((character, i) => bytes[at + i] === character.charCodeAt(0));

/** Those that programs put graphs under. */
const keyword = /^\s*(weft|workflow|prompt)\s*:\s*([{[][\s\S]*)$/i;

function sorted(texts: readonly string[]): PictureTexts {
  const named: Record<string, string> = {};
  const others: string[] = [];
  for (const text of texts) {
    const [, name, rest] = keyword.exec(text) ?? [];
    if (name && rest) named[name.toLowerCase()] ??= rest;
    else others.push(text);
  }
  return { named, others };
}

/** The texts in a PNG, WebP or JPEG file; undefined for other files. Throws a sentence where the file is damaged. */
export function textsInPicture(bytes: Uint8Array): PictureTexts | undefined {
  if (starts(bytes, '\x89PNG')) return { named: textsOf(readChunks(bytes)), others: [] };
  const webp = starts(bytes, 'RIFF') && starts(bytes, 'WEBP', 8);
  if (!webp && !starts(bytes, '\xff\xd8\xff')) return undefined;
  const part = webp ? exifOfWebp(bytes) : exifOfJpeg(bytes);
  return sorted(part ? exifTexts(part) : []);
}
