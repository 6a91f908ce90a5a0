/** Pieces of a file: bytes, or pieces of it. */
export type Pieces = readonly (Uint8Array | Pieces)[];

export const ascii = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

/** A whole number in `size` bytes, the most significant first. */
export const big = (value: number, size: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, i) => Math.floor(value / 2 ** (8 * (size - 1 - i))) & 255);

/** The same with the least significant byte first. */
export const little = (value: number, size: number): Uint8Array => big(value, size).toReversed();

export const sizeOf = (pieces: Pieces): number =>
  pieces.reduce((sum, piece) => sum + (piece instanceof Uint8Array ? piece.length : sizeOf(piece)), 0);

export function joined(pieces: Pieces): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(sizeOf(pieces));
  let at = 0;
  const put = (all: Pieces) => {
    for (const piece of all)
      if (piece instanceof Uint8Array) {
        bytes.set(piece, at);
        at += piece.length;
      } else put(piece);
  };
  put(pieces);
  return bytes;
}
