/** Thrown out of a run that the user stopped; never shown as an error. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** Stop, pause and resume; the executor asks between evaluations. */
export class RunControl {
  readonly #abort = new AbortController();
  readonly #onHold: () => void;
  #breathed = 0;
  #held = 0;
  #paused: { promise: Promise<void>; resolve: () => void } | undefined;

  /** `onHold` is called when the run stands still, which is later than it was told to pause. */
  constructor(onHold: () => void = () => {}) {
    this.#onHold = onHold;
  }

  /** Milliseconds that the run stood still. */
  get held(): number {
    return this.#held;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get paused(): boolean {
    return this.#paused !== undefined;
  }

  cancel(): void {
    this.#abort.abort();
    this.resume();
  }

  pause(): void {
    if (this.#paused || this.#abort.signal.aborted) return;
    let resolve = () => {};
    const promise = new Promise<void>((r) => {
      resolve = r;
    });
    this.#paused = { promise, resolve };
  }

  resume(): void {
    this.#paused?.resolve();
    this.#paused = undefined;
  }

  /**
   * Waits while paused and throws `Cancelled` when stopped. Lets messages in now and then: stopping comes as one. `beforeHold`
   * is done before it waits.
   */
  async gate(beforeHold?: () => Promise<void>): Promise<void> {
    if (performance.now() - this.#breathed > breathEvery) {
      await macrotask();
      this.#breathed = performance.now();
    }
    if (this.#paused && !this.#abort.signal.aborted) {
      const from = performance.now();
      await beforeHold?.();
      this.#onHold();
      while (this.#paused && !this.#abort.signal.aborted) await this.#paused.promise;
      this.#held += performance.now() - from;
    }
    if (this.#abort.signal.aborted) throw new Cancelled();
  }
}

/** Node's own, which is cheaper than a message there; browsers have none. */
declare const setImmediate: (callback: () => void) => void;

/** Milliseconds between two looks at the message queue. */
const breathEvery = 8;

const channel = typeof setImmediate === 'function' ? undefined : new MessageChannel();

/** Resolves after the messages that are waiting now were delivered. */
const macrotask = (): Promise<void> =>
  new Promise((resolve) => {
    if (!channel) {
      setImmediate(resolve);
      return;
    }
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(null);
  });
