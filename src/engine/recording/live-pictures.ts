import type { RunEvent } from '../events';

type Pictured = Extract<RunEvent, { type: 'pictured' }>['pictures'][number];

/** How often pictures are told, in milliseconds: several at once are one message. */
const often = 60;

/** Pictures of the zones that run, for the page. */
export class LivePictures {
  readonly #emit: (event: RunEvent) => void;
  #waiting: Pictured[] = [];
  #told = 0;

  constructor(emit: (event: RunEvent) => void) {
    this.#emit = emit;
  }

  add(pictured: Pictured): void {
    this.#waiting.push(pictured);
    if (performance.now() - this.#told >= often) this.flush();
  }

  flush(): void {
    this.#told = performance.now();
    if (this.#waiting.length) this.#emit({ type: 'pictured', pictures: this.#waiting });
    this.#waiting = [];
  }
}
