/** Steps that a pace is taken from. */
const LATEST = 100;
/** A step that took so many times as long as most made something for all that follow, such as a session. */
const ONCE = 10;

/** How long the steps of work take. The first one is left out, since what all of them need is made in it. */
export class Pace {
  readonly #latest: number[] = [];
  #begun: number | undefined;

  /** A step ended at `now`, in milliseconds. Milliseconds that a further one takes; undefined after the first. */
  ended(now: number): number | undefined {
    if (this.#begun !== undefined) this.#latest.push(now - this.#begun);
    this.#begun = now;
    if (this.#latest.length > LATEST) this.#latest.shift();
    const middle = this.#latest.toSorted((a, b) => a - b)[this.#latest.length >> 1] ?? 0;
    const usual = this.#latest.filter((milliseconds) => milliseconds <= ONCE * middle);
    return usual.length > 0 ? usual.reduce((sum, one) => sum + one, 0) / usual.length : undefined;
  }
}
