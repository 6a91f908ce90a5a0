import type { RunEvent } from '../engine/events';
import { duration } from './words';

/** One line at the bottom of the terminal that says what runs; on anything else than a terminal nothing is drawn. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  readonly #titleOf: (node: string) => string;
  readonly #started = new Map<string, number>();
  /** What a node that learns came to in its last step. */
  readonly #losses = new Map<string, number>();
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
    const loss = event.type === 'lesson' ? event.losses?.values.at(-1) : undefined;
    if (event.type === 'lesson' && loss !== undefined) this.#losses.set(event.node, loss);
    if (event.type !== 'progress') return;
    const { node, done, of, earlier = 0, each } = event;
    const spent = performance.now() - (this.#started.get(node) ?? performance.now());
    const left = duration((each ?? spent / (done - earlier)) * (of - done));
    const learned = this.#losses.get(node);
    const words = learned === undefined ? '' : `, loss ${learned.toPrecision(3)}`;
    this.#draw(`${this.#titleOf(node)} ${done} of ${of}${words}, ${left} left`);
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
