import type { ByteSource } from '../core/device';

/** Throws unless `begin..end` is a range of whole bytes inside `size`. */
export function checkRange(size: number, begin: number, end: number): void {
  if (!Number.isSafeInteger(begin) || !Number.isSafeInteger(end) || begin < 0 || end < begin || end > size) {
    throw new RangeError(`Bytes ${begin} to ${end} were asked for, but the source has ${size} bytes.`);
  }
}

/** Bytes in memory. What `read` returns is a view of them, not a copy. */
export function bytesInMemory(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.byteLength,
    read(begin, end) {
      checkRange(bytes.byteLength, begin, end);
      return bytes.subarray(begin, end);
    },
  };
}

/** A Blob or File, read piece by piece. Only workers may read synchronously. */
export function bytesOfBlob(blob: Blob): ByteSource {
  if (typeof FileReaderSync === 'undefined') {
    throw new Error('A file can be read piece by piece only inside a worker; this code runs on the page itself.');
  }
  const reader = new FileReaderSync();
  return {
    size: blob.size,
    read(begin, end) {
      checkRange(blob.size, begin, end);
      return new Uint8Array(reader.readAsArrayBuffer(blob.slice(begin, end)));
    },
  };
}
