import type { ByteSource } from '../core/device';

export function damagedPickle(what: string): Error {
  return new Error(`This is not a sound PyTorch file: ${what}`);
}

/** Bytes of one text, and of all in a pickle. */
const LONGEST_TEXT = 2 ** 24;
const MOST_TEXT = 2 ** 26;
/** Characters of the name of a class. */
export const LONGEST_NAME = 1000;
const WINDOW = 2 ** 16;

/** Bytes of a source in order, read in pieces. */
export class PickleBytes {
  #window: Uint8Array = new Uint8Array();
  #begin = 0;
  #text = 0;

  constructor(
    readonly source: ByteSource,
    /** Where the next byte is read. */
    public position = 0,
  ) {}

  take(count: number): Uint8Array {
    const end = this.position + count;
    if (end > this.source.size)
      throw damagedPickle('its description of the tensors ends early. Is the download complete?');
    if (this.position < this.#begin || end > this.#begin + this.#window.length) {
      this.#begin = this.position;
      this.#window = this.source.read(
        this.position,
        Math.min(this.source.size, this.position + Math.max(count, WINDOW)),
      );
    }
    const bytes = this.#window.subarray(this.position - this.#begin, end - this.#begin);
    this.position = end;
    return bytes;
  }

  byte(): number {
    return this.take(1)[0] as number;
  }

  view(count: number): DataView {
    const bytes = this.take(count);
    return new DataView(bytes.buffer, bytes.byteOffset, count);
  }

  /** A length before text or bytes. */
  length(size: 1 | 4 | 8): number {
    if (size === 1) return this.byte();
    const length = size === 4 ? this.view(4).getUint32(0, true) : Number(this.view(8).getBigUint64(0, true));
    this.#text += length;
    if (length > LONGEST_TEXT || this.#text > MOST_TEXT) throw damagedPickle(`a text in it claims ${length} bytes.`);
    return length;
  }

  line(): string {
    const bytes: number[] = [];
    for (let byte = this.byte(); byte !== 0x0a; byte = this.byte()) {
      if (bytes.length >= LONGEST_NAME) throw damagedPickle('a name in it does not end.');
      bytes.push(byte);
    }
    return String.fromCharCode(...bytes);
  }
}
