import type { RunEvent } from '../engine/events';
import { duration } from './words';

/** One line at the bottom of the terminal that says what runs; on anything else than a terminal nothing is drawn. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  readonly #titleOf: (node: string) => string;
  readonly #started = new Map<string, number>();
  #drawn = 0;

  constructor(stream: NodeJS.WriteStream, titleOf: (node: string) => string) {
    this.#stream = stream;
    this.#titleOf = titleOf;
  }

  take(event: RunEvent): void {
    if (event.type === 'started') {
      this.#started.set(event.node, performance.now());
      this.#draw(this.#titleOf(event.node));
    }
    if (event.type !== 'progress') return;
    const { node, done, of } = event;
    const spent = performance.now() - (this.#started.get(node) ?? performance.now());
    this.#draw(`${this.#titleOf(node)} ${done} of ${of}, ${duration((spent / done) * (of - done))} left`);
  }

  end(): void {
    if (this.#stream.isTTY) this.#stream.write('\r\x1b[K');
  }

  #draw(text: string): void {
    if (!this.#stream.isTTY || performance.now() - this.#drawn < 50) return;
    this.#drawn = performance.now();
    this.#stream.write(`\r\x1b[K${text}`);
  }
}
