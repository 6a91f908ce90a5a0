import { ProblemError } from '../../core/problem';
import { type Conditions, PassingFailure, patiently, refuse } from './answers';
import { type ContentHash, contentHash } from './content-hash';
import type { WantedFile } from './download-record';

/** Where the bytes of a download go. What it holds survives whatever happens to the page. */
export interface PartialFile {
  /** Bytes that are there. */
  size(): number;
  append(bytes: Uint8Array): void;
  /** Throws all bytes away. */
  clear(): void;
  /** Bytes `begin` to `end`, exclusive. */
  read(begin: number, end: number): Uint8Array;
}

export interface TransferEvents {
  /** Bytes that are there, and of how many, as far as that is known. */
  readonly onProgress: (bytes: number, total: number | undefined) => void;
}

/** Bytes that are hashed at a time when a download goes on. */
const rereadAtOnce = 4 * 2 ** 20;
const usualPatience = 30_000;

/**
 * Brings a file to the end, from wherever it is: cut connections are taken up where they broke, and what arrived is
 * compared with the size and the hash that its source lists. Throws a `ProblemError` when a person has to decide, and
 * what the signal gives as its reason when it aborts; the partial file then is good to go on with.
 */
export async function transfer(
  wanted: WantedFile,
  partial: PartialFile,
  conditions: Conditions,
  events: TransferEvents,
): Promise<{ readonly sha256: string; readonly size: number }> {
  for (let tries = 1; ; tries++) {
    const state = await new Fetching(wanted, partial, conditions, events).run();
    const sha256 = state.sha256();
    const gitOid = state.gitOid();
    if ((wanted.sha256 ?? sha256) === sha256 && (wanted.gitOid ?? gitOid) === gitOid)
      return { sha256, size: partial.size() };
    // A wrong byte may be anywhere in what was there before; the second time all of it is new.
    partial.clear();
    if (tries === 2)
      throw new ProblemError({
        what: wanted.sha256
          ? `${wanted.path} is not the file that was asked for: its SHA-256 is ${sha256.slice(0, 12)}…, not ${wanted.sha256.slice(0, 12)}….`
          : `${wanted.path} is not the file that was asked for: its content is another than its listing says.`,
        cure: 'It was thrown away. Try again later, or from another address.',
      });
  }
}

class Fetching {
  readonly #wanted: WantedFile;
  readonly #partial: PartialFile;
  readonly #conditions: Conditions;
  readonly #events: TransferEvents;
  readonly #host: string;
  #hash: ContentHash;
  #total: number | undefined;
  #answered = false;
  #progressed = false;
  /** The server has told that nothing follows. */
  #ended = false;
  #clearings = 0;

  constructor(wanted: WantedFile, partial: PartialFile, conditions: Conditions, events: TransferEvents) {
    this.#wanted = wanted;
    this.#partial = partial;
    this.#conditions = conditions;
    this.#events = events;
    this.#host = new URL(wanted.url).host;
    this.#total = wanted.size;
    this.#hash = this.#newHash();
  }

  async run(): Promise<ContentHash> {
    if (this.#partial.size() > (this.#wanted.size ?? Number.POSITIVE_INFINITY)) this.#partial.clear();
    await this.#reread();
    while (!this.#ended && this.#partial.size() !== this.#total) {
      await patiently(() => this.#request(), this.#host, this.#conditions, {
        answered: () => this.#answered,
        progressed: () => {
          const progressed = this.#progressed;
          this.#progressed = false;
          return progressed;
        },
      });
    }
    return this.#hash;
  }

  #newHash(): ContentHash {
    return contentHash(this.#wanted.gitOid === undefined ? undefined : this.#wanted.size);
  }

  /** Hashes what an earlier page left. */
  async #reread() {
    const { signal } = this.#conditions;
    const size = this.#partial.size();
    for (let at = 0; at < size; at += rereadAtOnce) {
      signal.throwIfAborted();
      this.#hash.update(this.#partial.read(at, Math.min(size, at + rereadAtOnce)));
      this.#events.onProgress(Math.min(size, at + rereadAtOnce), this.#total);
      // Lets the word to stop in.
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  #startOver() {
    if (++this.#clearings > 2)
      throw new ProblemError({
        what: `${this.#host} does not send ${this.#wanted.path} whole.`,
        cure: 'Try again later, or from another address.',
      });
    this.#partial.clear();
    this.#hash = this.#newHash();
  }

  #wrongSize(actual: number): never {
    throw new ProblemError({
      what: `${this.#wanted.path} has ${actual} bytes on ${this.#host}, but its listing says ${this.#wanted.size}.`,
      cure: 'The file was changed or is damaged there. Look at its page, or try another address.',
    });
  }

  async #request(): Promise<void> {
    const { signal, token, patience = usualPatience } = this.#conditions;
    const begin = this.#partial.size();
    const gone = new AbortController();
    let stalled = false;
    const stall = () => {
      stalled = true;
      gone.abort();
    };
    let timer = setTimeout(stall, patience);
    try {
      const answer = await fetch(this.#wanted.url, {
        headers: {
          ...(begin > 0 && { Range: `bytes=${begin}-` }),
          ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        },
        signal: AbortSignal.any([signal, gone.signal]),
        cache: 'no-store',
        credentials: 'omit',
      });
      this.#answered = true;
      if (answer.status === 416) return this.#beyondTheEnd(answer);
      if (!answer.ok) refuse(answer, this.#wanted.path, token !== undefined);
      if (!this.#meet(answer, begin)) return;
      const reader = answer.body?.getReader();
      for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
        clearTimeout(timer);
        timer = setTimeout(stall, patience);
        this.#take(piece.value);
      }
      this.#end();
    } catch (thrown) {
      throw stalled ? new PassingFailure(`no byte for ${Math.round(patience / 1000)} s`) : thrown;
    } finally {
      clearTimeout(timer);
      // A body that is not read to its end would keep its connection.
      gone.abort();
    }
  }

  /** Compares what an answer says about itself with what was asked; false when its body is of no use. */
  #meet(answer: Response, begin: number): boolean {
    if (answer.status !== 206) {
      if (begin > 0) this.#startOver();
      // The length of a compressed body says nothing about the file's, and a listing is the better witness anyway.
      const length = answer.headers.get('content-length');
      if (this.#wanted.size === undefined && length !== null) this.#total = Number(length);
      return true;
    }
    // Not every server lets pages see this header.
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(answer.headers.get('content-range') ?? '');
    if (!range) return true;
    const total = range[2] === '*' ? undefined : Number(range[2]);
    if (total !== undefined && this.#wanted.size !== undefined && total !== this.#wanted.size) this.#wrongSize(total);
    if (Number(range[1]) !== begin) {
      this.#startOver();
      return false;
    }
    this.#total = total ?? this.#total;
    return true;
  }

  #take(bytes: Uint8Array) {
    const size = this.#partial.size() + bytes.length;
    if (this.#wanted.size !== undefined && size > this.#wanted.size) this.#wrongSize(size);
    this.#partial.append(bytes);
    this.#hash.update(bytes);
    this.#progressed = true;
    this.#events.onProgress(size, this.#total);
  }

  /** The body ended as it should; whether the file did depends on its length. */
  #end() {
    if (this.#total === undefined) this.#ended = true;
    else if (this.#partial.size() < this.#total) throw new PassingFailure('the connection was closed early');
  }

  /** There is nothing from here on: the file is shorter than thought, or was complete already. */
  #beyondTheEnd(answer: Response) {
    const total = /\/(\d+)$/.exec(answer.headers.get('content-range') ?? '')?.[1];
    if (total === undefined) this.#startOver();
    else if (this.#wanted.size !== undefined) this.#wrongSize(Number(total));
    else if (Number(total) === this.#partial.size()) this.#ended = true;
    else this.#startOver();
  }
}
