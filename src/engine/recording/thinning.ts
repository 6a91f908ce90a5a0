import type { RecordingSettings } from './address';

/** From one level to the next half as many evaluations are held whole; at `previews` none is, and at `nothing` no value at all. */
const levels = { previews: 5, nothing: 6 } as const;

/** Which values are held whole, and which were let go because there is no room for them. */
export class Thinning {
  /** Has the settings of the run that goes on. */
  readonly #of: { readonly settings: RecordingSettings };
  #level = 0;

  constructor(of: { readonly settings: RecordingSettings }) {
    this.#of = of;
  }

  none(): void {
    this.#level = 0;
  }

  /** Holds less from now on; false where there is nothing left to let go of. */
  more(): boolean {
    if (this.#level >= levels.nothing) return false;
    this.#level += 1;
    return true;
  }

  get some(): boolean {
    return this.#level > 0;
  }

  /** Every so many evaluations are held whole; 0 for none. */
  get every(): number {
    return this.#level >= levels.previews ? 0 : this.#of.settings.every * 2 ** this.#level;
  }

  /** Whether a value is held whole that was made `inside` of a zone or not, in one of `count` evaluations. */
  wholeAt(evaluation: number, count: number, inside: boolean): boolean {
    if (!inside) return this.#level < levels.nothing;
    const { every } = this;
    return every > 0 && (evaluation % every === 0 || evaluation === count - 1);
  }
}
