import { ascii, joined, little, type Pieces, sizeOf } from './bytes';
import type { Film } from './film';

const chunk = (name: string, body: Pieces): Pieces => {
  const size = sizeOf(body);
  return [ascii(name), little(size, 4), body, new Uint8Array(size % 2)];
};

/** What a still WebP file holds of its picture: its `VP8 ` or `VP8L` part, with the opacity before it. */
function pictureIn(file: Uint8Array): Pieces {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const parts: Uint8Array[] = [];
  for (let at = 12; at + 8 <= file.length; ) {
    const name = String.fromCharCode(...file.subarray(at, at + 4));
    const size = view.getUint32(at + 4, true);
    const end = at + 8 + size + (size % 2);
    if (['ALPH', 'VP8 ', 'VP8L'].includes(name)) parts.push(file.subarray(at, end));
    at = end;
  }
  return parts;
}

/**
 * An animated WebP that plays for ever (RFC 9649, 2.7), from a still one of each frame, which only browsers can make.
 */
export function joinWebp({ width, height, frames }: Film, stills: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const animated = 2;
  const size = [little(width - 1, 3), little(height - 1, 3)];
  const parts = frames.map(({ milliseconds }, i) =>
    chunk('ANMF', [
      little(0, 6),
      size,
      little(Math.round(milliseconds), 3),
      // Nothing of the frame before shines through.
      little(2, 1),
      pictureIn(stills[i] ?? new Uint8Array(0)),
    ]),
  );
  const body = [
    ascii('WEBP'),
    chunk('VP8X', [little(animated, 4), size]),
    chunk('ANIM', [little(0xffffffff, 4), little(0, 2)]),
    parts,
  ];
  return joined([ascii('RIFF'), little(sizeOf(body), 4), body]);
}
