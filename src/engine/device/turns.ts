/**
 * ONNX Runtime in a browser hangs or breaks when two calls overlap of create, run and release, so
 * they take turns. One `Turns` for each instance of the runtime, shared by all devices on it.
 */
export class Turns {
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;
  #afterwards: (() => void)[] = [];

  /** Runs `job` when all earlier jobs have ended, in whatever way. */
  take<T>(job: () => Promise<T>): Promise<T> {
    this.#waiting++;
    const result = this.#last.then(job);
    const end = () => this.#end();
    this.#last = result.then(end, end);
    return result;
  }

  /** Calls `action` at once when no job runs, else before the next one. */
  between(action: () => void): void {
    if (this.#waiting === 0) action();
    else this.#afterwards.push(action);
  }

  #end(): void {
    this.#waiting--;
    if (this.#afterwards.length === 0) return;
    const actions = this.#afterwards;
    this.#afterwards = [];
    for (const action of actions) action();
  }
}
