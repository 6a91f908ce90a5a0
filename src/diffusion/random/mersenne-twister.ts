const SIZE = 624;
const SHIFT = 397;

/**
 * MT19937, the 32-bit Mersenne Twister (Matsumoto and Nishimura 1998), seeded by `init_genrand` as torch's CPU generator
 * and numpy's RandomState are.
 */
export class MersenneTwister {
  readonly #state = new Uint32Array(SIZE);
  #next = SIZE;

  constructor(seed: number) {
    this.#state[0] = seed;
    for (let index = 1; index < SIZE; index++) {
      const before = this.#word(index - 1);
      this.#state[index] = Math.imul(1812433253, before ^ (before >>> 30)) + index;
    }
  }

  /** The next word, 0 to 2^32 - 1. */
  word(): number {
    if (this.#next === SIZE) this.#refill();
    let y = this.#word(this.#next++);
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  /** Passes over `count` words, which is much cheaper than drawing them. */
  skip(count: number): void {
    let left = count;
    while (left > 0) {
      if (this.#next === SIZE) this.#refill();
      const taken = Math.min(left, SIZE - this.#next);
      this.#next += taken;
      left -= taken;
    }
  }

  #word(index: number): number {
    return this.#state[index] as number;
  }

  #refill(): void {
    for (let index = 0; index < SIZE; index++) {
      const y = (this.#word(index) & 0x80000000) | (this.#word((index + 1) % SIZE) & 0x7fffffff);
      this.#state[index] = this.#word((index + SHIFT) % SIZE) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#next = 0;
  }
}
