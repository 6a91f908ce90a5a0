/** Numbers by what they cost, cheapest first; of two that cost the same the one that was added first. */
export class Heap {
  readonly #items: number[] = [];
  readonly #costs: number[] = [];
  readonly #turns: number[] = [];
  #turn = 0;

  add(item: number, cost: number): void {
    let at = this.#items.length;
    this.#items.push(item);
    this.#costs.push(cost);
    this.#turns.push(this.#turn++);
    for (let up = (at - 1) >> 1; at > 0 && this.#isBefore(at, up); at = up, up = (at - 1) >> 1) this.#swap(at, up);
  }

  take(): number | undefined {
    const first = this.#items[0];
    if (first === undefined) return undefined;
    this.#swap(0, this.#items.length - 1);
    this.#items.pop();
    this.#costs.pop();
    this.#turns.pop();
    for (let at = 0, next = this.#lesser(1); next >= 0 && this.#isBefore(next, at); next = this.#lesser(2 * at + 1)) {
      this.#swap(at, next);
      at = next;
    }
    return first;
  }

  /** Of two neighbours the one that comes first; -1 where there is none. */
  #lesser(left: number): number {
    if (left >= this.#items.length) return -1;
    return left + 1 < this.#items.length && this.#isBefore(left + 1, left) ? left + 1 : left;
  }

  #isBefore(a: number, b: number): boolean {
    const [one, other] = [this.#costs[a] ?? 0, this.#costs[b] ?? 0];
    return one === other ? (this.#turns[a] ?? 0) < (this.#turns[b] ?? 0) : one < other;
  }

  #swap(a: number, b: number): void {
    swap(this.#items, a, b);
    swap(this.#costs, a, b);
    swap(this.#turns, a, b);
  }
}

function swap(list: number[], a: number, b: number) {
  const one = list[a] ?? 0;
  list[a] = list[b] ?? 0;
  list[b] = one;
}
