/**
 * ONNX Runtime in a browser hangs or breaks when two calls overlap of create, run and release, so
 * they take turns. One `Turns` for each instance of the runtime, shared by all devices on it.
 */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Runs `job` when all earlier jobs have ended, in whatever way. */
  take<T>(job: () => Promise<T>): Promise<T> {
    const result = this.#last.then(job);
    // Not the result itself, which would keep its tensors alive until the next job.
    const end = () => {};
    this.#last = result.then(end, end);
    return result;
  }
}
