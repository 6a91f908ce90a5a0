import { transformBlock } from './box-muller';
import { MersenneTwister } from './mersenne-twister';

const BLOCK = 16;
const TWO_64 = 1n << 64n;

/**
 * The 64-bit seed behind what a person or a file writes: decimal digits, a bigint or a whole number. Negatives count
 * modulo 2^64, as in `torch.manual_seed`. Anything else is an error that says so.
 */
export function parseSeed(seed: string | bigint | number): bigint {
  const text = String(seed).trim();
  if (!/^-?\d+$/.test(text)) throw new Error(`The seed "${text}" is not a whole number.`);
  const value = BigInt(text);
  if (value >= TWO_64 || value < -TWO_64) {
    throw new Error(`The seed ${text} is too large: seeds go from 0 to 18446744073709551615.`);
  }
  return BigInt.asUintN(64, value);
}

/**
 * `torch.Generator('cpu')`: the same seed draws the same bits as torch does on any x86 processor with AVX2. As in torch,
 * only the low 32 bits of the seed count.
 */
export class TorchGenerator {
  readonly #twister: MersenneTwister;
  /** The second normal of a pair, kept for the next tensor of fewer than 16 elements. */
  #kept: number | undefined;

  constructor(seed: string | bigint | number) {
    this.#twister = new MersenneTwister(Number(parseSeed(seed) & 0xffffffffn));
  }

  /** `torch.rand`: `count` float32 in [0, 1). */
  rand(count: number): Float32Array<ArrayBuffer> {
    return this.#uniforms(new Float32Array(count), 0);
  }

  /** `torch.randn`: `count` float32 normals, for a tensor of that many elements of whatever shape, in C order. */
  randn(count: number): Float32Array<ArrayBuffer> {
    const data = new Float32Array(count);
    if (count < BLOCK) return data.map(() => this.#normal());
    this.#uniforms(data, 0);
    for (let start = 0; start <= count - BLOCK; start += BLOCK) transformBlock(data, start);
    if (count % BLOCK !== 0) {
      this.#uniforms(data, count - BLOCK);
      transformBlock(data, count - BLOCK);
    }
    return data;
  }

  /** Leaves the generator where `times` calls of `randn(count)` would. */
  skipRandn(count: number, times: number): void {
    if (count < BLOCK) {
      for (let call = 0; call < times; call++) this.randn(count);
    } else {
      this.#twister.skip(times * (count % BLOCK === 0 ? count : count + BLOCK));
    }
  }

  #uniforms(data: Float32Array<ArrayBuffer>, from: number): Float32Array<ArrayBuffer> {
    for (let index = from; index < data.length; index++) data[index] = (this.#twister.word() & 0xffffff) * 2 ** -24;
    return data;
  }

  /** A double in [0, 1) of 53 bits; the first word is the high half. */
  #uniform(): number {
    const high = this.#twister.word() & 0x1fffff;
    return (high * 2 ** 32 + this.#twister.word()) * 2 ** -53;
  }

  /** One value at a time, in double precision: what torch does for tensors of fewer than 16 elements. */
  #normal(): number {
    if (this.#kept !== undefined) {
      const kept = this.#kept;
      this.#kept = undefined;
      return kept;
    }
    const angle = 2 * Math.PI * this.#uniform();
    const radius = Math.sqrt(-2 * Math.log1p(-this.#uniform()));
    this.#kept = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}
