import { z } from 'zod';
import type { DecodedImage } from '../core/define-node';
import { readChunks, textsOf } from './png-chunks';
import { embeddingOf, type StoredEmbedding } from './textual-inversion';

// Pictures that carry an embedding, as AUTOMATIC1111 saves them (modules/textual_inversion/image_embedding.py).

const KEYWORD = 'sd-ti-embedding';

const schema = z.object({
  string_to_param: z.record(z.string(), z.object({ TORCHTENSOR: z.array(z.array(z.number())).min(1).max(1000) })),
});

/** Whether the bytes begin as PNG or WebP files do. */
export function isPicture(head: Uint8Array): boolean {
  const [a, b, c, d] = head;
  const webp = a === 0x52 && b === 0x49 && c === 0x46 && d === 0x46;
  return webp || (a === 0x89 && b === 0x50 && c === 0x4e && d === 0x47);
}

/**
 * The embedding in a picture: in a text of a PNG file, or in the low bits of its colours. `name` is the file's, without its
 * ending, and stands for it in prompts. Throws a sentence where the picture carries none.
 */
export async function readEmbeddingPicture(
  bytes: Uint8Array,
  decode: (bytes: Uint8Array) => Promise<DecodedImage>,
  name: string,
): Promise<StoredEmbedding> {
  const text = bytes[0] === 0x89 ? textsOf(readChunks(bytes))[KEYWORD] : undefined;
  const json = text === undefined ? await textInPixels(await decode(bytes)) : fromBase64(text);
  const { success, data } = schema.safeParse(json === undefined ? undefined : parse(json));
  const rows = success ? Object.values(data.string_to_param)[0]?.TORCHTENSOR : undefined;
  if (!rows || rows.some((row) => row.length !== rows[0]?.length)) {
    throw new Error(`The picture "${name}" carries no textual inversion embedding; editing it may have destroyed it.`);
  }
  const shape = [rows.length, rows[0]?.length ?? 0];
  return embeddingOf(shape, () => Float32Array.from(rows.flat()), { file: name, word: name });
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function fromBase64(text: string): string | undefined {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

/**
 * What the low four bits of the colours say: low halves of bytes in the columns left of the picture and high halves in those right
 * of it, each set apart by a black column, scrambled, and compressed together (zlib).
 */
async function textInPixels(image: DecodedImage): Promise<string | undefined> {
  const { left, top, right, bottom, halfAt } = content(image);
  const black: number[] = [];
  for (let x = left; x < right; x += 1) {
    let sum = 0;
    for (let y = top; y < bottom; y += 1) for (let c = 0; c < 3; c += 1) sum += halfAt(x, y, c);
    if (sum === 0) black.push(x);
  }
  const [first, last] = [black[0], black.at(-1)];
  if (first === undefined || last === undefined || first === last) return undefined;
  const block = (from: number, to: number) => {
    const halves = new Uint8Array((to - from) * (bottom - top) * 3);
    let at = 0;
    for (let y = top; y < bottom; y += 1)
      for (let x = from; x < to; x += 1) for (let c = 0; c < 3; c += 1) halves[at++] = halfAt(x, y, c);
    return unscrambled(halves);
  };
  const [low, high] = [block(left, first), block(last + 1, right)];
  return low.length === high.length ? inflated(low.map((half, i) => half | ((high[i] ?? 0) << 4))) : undefined;
}

/** The picture without black borders, and the low four bits of its colours. */
function content({ data, width, height }: DecodedImage) {
  const byteAt = (x: number, y: number, c: number) => Math.round((data[(c * height + y) * width + x] ?? 0) * 255);
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      if (![0, 1, 2].every((c) => byteAt(x, y, c) > 0)) continue;
      [left, top] = [Math.min(left, x), Math.min(top, y)];
      [right, bottom] = [Math.max(right, x + 1), Math.max(bottom, y + 1)];
    }
  return { left, top, right, bottom, halfAt: (x: number, y: number, c: number) => byteAt(x, y, c) & 0x0f };
}

/** Undoes the exclusive or with a linear congruential generator (that of Numerical Recipes). */
function unscrambled(halves: Uint8Array): Uint8Array {
  let seed = 0;
  return halves.map((half) => {
    seed = (Math.imul(1664525, seed) + 1013904223) >>> 0;
    return half ^ ((seed % 255) & 0x0f);
  });
}

/** Far more than the JSON of any embedding. */
const MOST_TEXT = 64 * 2 ** 20;

/** The text that zlib packed. What stands behind its end is padding; damaged bytes are no text. */
async function inflated(bytes: Uint8Array): Promise<string | undefined> {
  const stream = new Blob([Uint8Array.from(bytes)]).stream().pipeThrough(new DecompressionStream('deflate'));
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = stream.getReader();
  try {
    for (let part = await reader.read(); !part.done && size < MOST_TEXT; part = await reader.read()) {
      parts.push(part.value);
      size += part.value.length;
    }
  } catch {
    // Browsers and Node complain about the padding after they have given all that stands before it.
  }
  reader.cancel().catch(() => {});
  return size > 0 && size < MOST_TEXT ? new TextDecoder().decode(await new Blob(parts).arrayBuffer()) : undefined;
}
