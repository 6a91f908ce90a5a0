import { Inflate, Unzlib } from 'fflate';

/** Packed bytes that are looked at at once: 4 kB become at most 4 MB, so that a bomb is noticed before it fills the memory. */
const STEP = 4096;

/**
 * What deflate packed: bare (RFC 1951), or with the header and checksum of zlib (RFC 1950). Throws a sentence where it is damaged,
 * cut off, or longer than `most` bytes.
 */
export function inflated(packed: Uint8Array, form: 'raw' | 'zlib', most: number): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const take = (part: Uint8Array) => {
    size += part.length;
    if (size > most) throw new RangeError(`It unpacks to more than ${most} bytes.`);
    parts.push(part.slice());
  };
  const stream = form === 'raw' ? new Inflate(take) : new Unzlib(take);
  try {
    for (let at = 0; at === 0 || at < packed.length; at += STEP)
      stream.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
  } catch (cause) {
    throw cause instanceof RangeError ? cause : new Error('What is packed in it is damaged or cut off.', { cause });
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
