/** How far back the rate looks, in milliseconds: long enough to be calm, short enough to notice a change. */
const span = 8000;

interface Point {
  /** Milliseconds. */
  readonly at: number;
  /** Bytes that were there. */
  readonly done: number;
}

/** How fast bytes come, from the amounts that were there at moments of the last seconds. */
export class Rate {
  #points: Point[] = [];

  /** Notes that `done` bytes are there at a moment, in milliseconds. */
  add(at: number, done: number) {
    // Bytes were thrown away and come anew: what was before says nothing.
    if (done < (this.#points.at(-1)?.done ?? 0)) this.#points = [];
    this.#points.push({ at, done });
    while (this.#points.length > 2 && at - (this.#points[1]?.at ?? at) >= span) this.#points.shift();
  }

  /** Bytes per second; undefined until half a second was seen. */
  get perSecond(): number | undefined {
    const [first] = this.#points;
    const last = this.#points.at(-1);
    if (!first || !last || last.at - first.at < 500) return undefined;
    return (1000 * (last.done - first.done)) / (last.at - first.at);
  }

  /** Milliseconds until `total` bytes are there at this rate. */
  left(total: number | undefined): number | undefined {
    const rate = this.perSecond;
    const done = this.#points.at(-1)?.done;
    return total === undefined || done === undefined || !rate ? undefined : (1000 * (total - done)) / rate;
  }
}
