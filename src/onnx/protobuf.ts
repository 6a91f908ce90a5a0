const utf8 = new TextEncoder();

/** A number that is written as a varint, a string or bytes, or a message. */
export type Field = number | string | Uint8Array | ProtobufMessage;

/**
 * Writes one Protocol Buffers message (https://protobuf.dev/programming-guides/encoding): only what ONNX needs, which is
 * varints, 32-bit floats and length-delimited fields. Repeated fields are written by calling `field` repeatedly.
 */
export class ProtobufMessage {
  readonly #parts: Uint8Array[] = [];
  #size = 0;

  field(number: number, value: Field): this {
    if (typeof value === 'number') {
      this.#varint(number * 8);
      this.#varint(value);
    } else {
      this.#varint(number * 8 + 2);
      const body = typeof value === 'string' ? utf8.encode(value) : value;
      this.#varint(body instanceof ProtobufMessage ? body.#size : body.length);
      if (body instanceof ProtobufMessage) for (const part of body.#parts) this.#push(part);
      else this.#push(body);
    }
    return this;
  }

  float(number: number, value: number): this {
    this.#varint(number * 8 + 5);
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    this.#push(bytes);
    return this;
  }

  bytes(): Uint8Array {
    const all = new Uint8Array(this.#size);
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  #push(part: Uint8Array): void {
    this.#parts.push(part);
    this.#size += part.length;
  }

  #varint(value: number): void {
    if (!Number.isSafeInteger(value)) throw new Error(`${value} cannot be written as an integer.`);
    const out: number[] = [];
    // Negative integers are 64-bit two's complement, ten bytes long; positive ones below 2^53 need no BigInt.
    let rest = value < 0 ? BigInt.asUintN(64, BigInt(value)) : BigInt(value);
    do {
      out.push(Number(rest & 127n) | (rest > 127n ? 128 : 0));
      rest >>= 7n;
    } while (rest > 0n);
    this.#push(Uint8Array.from(out));
  }
}
