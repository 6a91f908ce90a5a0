import { encode } from 'fast-png';
import { type PngChunk, readChunks, writeChunks } from '../png-chunks';
import type { Film } from './film';

const words = (count: number): [Uint8Array<ArrayBuffer>, DataView] => {
  const bytes = new Uint8Array(count);
  return [bytes, new DataView(bytes.buffer)];
};

/** An animated PNG that plays for ever, without loss (PNG third edition, 11.3.6: acTL, fcTL, fdAT). */
export function encodeApng({ width, height, frames }: Film): Uint8Array<ArrayBuffer> {
  const chunks: PngChunk[] = [];
  let sequence = 0;
  const control = (milliseconds: number): PngChunk => {
    const [data, view] = words(26);
    view.setUint32(0, sequence++);
    view.setUint32(4, width);
    view.setUint32(8, height);
    view.setUint16(20, Math.min(65_535, Math.round(milliseconds)));
    view.setUint16(22, 1000);
    return { type: 'fcTL', data };
  };
  for (const [i, { pixels, milliseconds }] of frames.entries()) {
    const picture = readChunks(encode({ width, height, data: withoutAlpha(pixels), channels: 3, depth: 8 }));
    const packed = picture.filter(({ type }) => type === 'IDAT');
    if (i === 0) {
      const [data, view] = words(8);
      view.setUint32(0, frames.length);
      chunks.push(...picture.filter(({ type }) => type === 'IHDR'), { type: 'acTL', data });
      chunks.push(control(milliseconds), ...packed);
    } else {
      chunks.push(control(milliseconds));
      for (const { data } of packed) {
        const [bytes, view] = words(4 + data.length);
        view.setUint32(0, sequence++);
        bytes.set(data, 4);
        chunks.push({ type: 'fdAT', data: bytes });
      }
    }
  }
  return writeChunks([...chunks, { type: 'IEND', data: new Uint8Array(0) }]);
}

function withoutAlpha(pixels: Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((pixels.length / 4) * 3);
  for (let i = 0; i < pixels.length / 4; i++) for (let c = 0; c < 3; c++) rgb[3 * i + c] = pixels[4 * i + c] ?? 0;
  return rgb;
}
