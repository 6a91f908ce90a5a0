import { type DecodedPng, decode, encode } from 'fast-png';
import { readChunks, textChunk, textsOf, writeChunks } from './png-chunks';

/** RGB in 0..1, `[3, height, width]`, one plane after the other. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array<ArrayBuffer>;
}

interface DecodedPicture extends Picture {
  /** Opacity in 0..1, `[height, width]`; absent where nothing is transparent. */
  readonly alpha?: Float32Array<ArrayBuffer>;
  readonly texts: Record<string, string>;
}

/** 8192 x 8192 pixels take 800 MB as float32. */
const PIXEL_LIMIT = 2 ** 26;
/** Deflate packs at most this many bytes into one; a file that claims more is no picture. */
const DEFLATE_LIMIT = 1032;

/**
 * A PNG of 8 bits a channel, round(255 x) with halves to even as diffusers does, and texts by keyword. Values beyond 0..1
 * are clamped.
 */
export function encodePng(picture: Picture, texts: Readonly<Record<string, string>> = {}): Uint8Array<ArrayBuffer> {
  const { width, height, data } = picture;
  const plane = width * height;
  if (data.length !== 3 * plane) {
    throw new Error(`A picture of ${width} x ${height} has ${3 * plane} values, not ${data.length}.`);
  }
  // Assigning to a clamped array rounds halves to even.
  const pixels = new Uint8ClampedArray(3 * plane);
  for (let at = 0; at < plane; at++) {
    for (let channel = 0; channel < 3; channel++) {
      pixels[3 * at + channel] = Math.fround((data[channel * plane + at] as number) * 255);
    }
  }
  const [header, ...rest] = readChunks(encode({ width, height, data: pixels, channels: 3, depth: 8 }));
  if (header === undefined) throw new Error('The PNG encoder wrote nothing.');
  return writeChunks([header, ...Object.entries(texts).map(([key, text]) => textChunk(key, text)), ...rest]);
}

/** The texts of a PNG file by keyword, without reading its pixels. Throws a sentence where it is no PNG or damaged. */
export function readPngTexts(bytes: Uint8Array): Record<string, string> {
  return textsOf(readChunks(bytes));
}

/**
 * The picture in a PNG file of any colour type and depth, what is transparent laid on white, and its texts. Throws a
 * sentence where the file is damaged or cannot be read.
 */
export function decodePng(bytes: Uint8Array): DecodedPicture {
  const chunks = readChunks(bytes);
  // Only what the pixels need: an odd text or colour profile shall not keep a picture from being read.
  const needed = chunks.filter(({ type }) => ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'].includes(type));
  const header = needed[0];
  if (header?.type !== 'IHDR' || header.data.length !== 13)
    throw new Error('The PNG file does not begin with a header.');
  const packed = needed.reduce((sum, { type, data }) => sum + (type === 'IDAT' ? data.length : 0), 0);
  refuse(header.data, packed);
  let png: DecodedPng;
  try {
    png = decode(writeChunks(needed));
  } catch (cause) {
    throw new Error(`The pixels of the PNG file cannot be read: ${(cause as Error).message}.`, { cause });
  }
  return { width: png.width, height: png.height, ...toPlanes(png), texts: textsOf(chunks) };
}

function refuse(header: Uint8Array, packed: number): void {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  if (width === 0 || height === 0 || width * height > PIXEL_LIMIT) {
    throw new Error(`The PNG file claims to be ${width} x ${height} pixels; 1 to ${PIXEL_LIMIT} of them can be read.`);
  }
  // At least a bit for each pixel, and a byte for each row.
  if (height * (width / 8 + 1) > packed * DEFLATE_LIMIT) {
    throw new Error(`The PNG file claims to be ${width} x ${height} pixels, but it is too short for so many.`);
  }
  if (header[12] !== 0 && (header[8] as number) < 8) {
    throw new Error('The PNG file is interlaced with fewer than 8 bits a channel; save it without interlacing.');
  }
}

/** Channel values of a pixel, 0 to `2^depth - 1`; depths below 8 are packed, each row from a byte of its own. */
function sampleReader({ width, channels, depth, data }: DecodedPng): (x: number, y: number, channel: number) => number {
  if (depth >= 8) return (x, y, channel) => data[(y * width + x) * channels + channel] ?? 0;
  const rowBytes = Math.ceil((width * channels * depth) / 8);
  const mask = 2 ** depth - 1;
  return (x, y, channel) => {
    const bit = (x * channels + channel) * depth;
    return ((data[y * rowBytes + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & mask;
  };
}

function toPlanes(png: DecodedPng): Pick<DecodedPicture, 'data' | 'alpha'> {
  const { width, height } = png;
  const colour = colourReader(png);
  const plane = width * height;
  const data = new Float32Array(3 * plane);
  const opacity = new Float32Array(plane);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red, green, blue, alpha] = colour(x, y);
      const at = y * width + x;
      opacity[at] = alpha;
      data[at] = red * alpha + 1 - alpha;
      data[plane + at] = green * alpha + 1 - alpha;
      data[2 * plane + at] = blue * alpha + 1 - alpha;
    }
  }
  return opacity.every((alpha) => alpha === 1) ? { data } : { data, alpha: opacity };
}

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

/** Colours in 0..1, by what the channels mean. */
function colourReader(png: DecodedPng): (x: number, y: number) => Colour {
  const { channels, depth, palette, transparency } = png;
  const sample = sampleReader(png);
  const full = 2 ** depth - 1;
  if (palette !== undefined && channels === 1) {
    return (x, y) => {
      const entry = palette[sample(x, y, 0)] ?? [0, 0, 0];
      const [red = 0, green = 0, blue = 0, alpha = 255] = entry;
      return [red / 255, green / 255, blue / 255, alpha / 255];
    };
  }
  const colours = channels < 3 ? [0, 0, 0] : [0, 1, 2];
  return (x, y) => {
    const [red, green, blue] = colours.map((channel) => sample(x, y, channel)) as [number, number, number];
    // A single colour may be declared transparent where there is no alpha channel.
    const keyed =
      transparency !== undefined &&
      [red, green, blue].every((value, index) => value === transparency[Math.min(index, transparency.length - 1)]);
    const alpha = channels % 2 === 0 ? sample(x, y, channels - 1) / full : keyed ? 0 : 1;
    return [red / full, green / full, blue / full, alpha];
  };
}
