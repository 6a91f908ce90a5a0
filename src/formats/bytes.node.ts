import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from '../core/device';
import { checkRange } from './bytes';

/** Largest length that one `read` call of the operating system accepts. */
const READ_LIMIT = 2 ** 30;

/** A file on disk, read piece by piece through one open descriptor until `close`. */
export function openFileBytes(path: string): ByteSource & { close(): void } {
  const file = openSync(path, 'r');
  const { size } = fstatSync(file);
  return {
    size,
    read(begin, end) {
      checkRange(size, begin, end);
      const bytes = new Uint8Array(end - begin);
      let filled = 0;
      while (filled < bytes.length) {
        const length = Math.min(READ_LIMIT, bytes.length - filled);
        const count = readSync(file, bytes, filled, length, begin + filled);
        if (count === 0) throw new Error(`"${path}" became shorter while it was read; was it replaced?`);
        filled += count;
      }
      return bytes;
    },
    close() {
      closeSync(file);
    },
  };
}
