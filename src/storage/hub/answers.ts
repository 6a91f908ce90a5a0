import { ProblemError } from '../../core/problem';

/** The server wants to know who asks: a token is missing or does not suffice. */
export class AccessProblem extends ProblemError {}

/** Something that may go away by itself. */
export class PassingFailure extends Error {
  /** How long the server asked to wait, in milliseconds. */
  readonly after: number | undefined;

  constructor(message: string, after?: number, options?: ErrorOptions) {
    super(message, options);
    this.after = after;
  }
}

/** What every request is made under. */
export interface Conditions {
  readonly signal: AbortSignal;
  /** Of the hub's account; sent to the hub's own endpoint and nowhere else. */
  readonly token?: string | undefined;
  /** Resolves after that many milliseconds, or rejects when the signal aborts. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Without a byte for so long, in milliseconds, a connection counts as cut. */
  readonly patience?: number;
}

/** Failures in a row, without a byte in between, after which a person is asked: of a host that answered before, and of another. */
const failureLimit = { known: 8, unknown: 3 };
const longestPause = 30_000;

const wait = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stopped = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stopped);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', stopped, { once: true });
  });

/** RFC 9110, 10.2.3: seconds, or a date. */
function retryAfter(answer: Response): number | undefined {
  const value = answer.headers.get('retry-after');
  if (value === null) return undefined;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(0, seconds), 3600) * 1000 : undefined;
}

/** Throws what an answer that brings nothing means. `name` is the file or model that was asked for. */
export function refuse(answer: Response, name: string, withToken: boolean): never {
  const { status } = answer;
  const { host } = new URL(answer.url);
  if (status === 401 || status === 403)
    throw new AccessProblem(
      withToken
        ? {
            what: `${host} does not let this token read ${name}.`,
            cure: 'Accept the terms on the page of the model, or use a token that may read it.',
          }
        : {
            what: `${host} asks who wants to read ${name}.`,
            cure: 'Accept the terms on the page of the model, then give an access token of yours.',
          },
    );
  if (status === 404 || status === 410)
    throw new ProblemError({ what: `There is no ${name} on ${host}.`, cure: 'Check the address and its revision.' });
  if (status === 429 || status === 408 || status >= 500)
    throw new PassingFailure(`${host} answered ${status}`, retryAfter(answer));
  throw new ProblemError({ what: `${host} answered ${status} when it was asked for ${name}.` });
}

/** What happened between two failures. */
export interface Course {
  /** Whether anything came since the last failure; then counting starts anew. */
  readonly progressed: () => boolean;
  /** Whether the host ever answered. One that did not may be unreachable for good: browsers do not tell why. */
  readonly answered: () => boolean;
}

/** Tries again, with longer and longer pauses, for as long as `attempt` ends in passing failures. */
export async function patiently<T>(
  attempt: () => Promise<T>,
  host: string,
  { signal, wait: pause = wait }: Conditions,
  { progressed, answered }: Course,
): Promise<T> {
  for (let failures = 0; ; ) {
    try {
      return await attempt();
    } catch (thrown) {
      signal.throwIfAborted();
      // A cut connection is a TypeError of fetch or of the body's stream.
      if (!(thrown instanceof PassingFailure || thrown instanceof TypeError)) throw thrown;
      failures = progressed() ? 1 : failures + 1;
      if (failures > failureLimit[answered() ? 'known' : 'unknown'])
        throw new ProblemError(
          answered()
            ? {
                what: `The connection to ${host} failed ${failures} times in a row (${thrown.message}).`,
                cure: 'Check the connection and go on; what came so far is kept.',
              }
            : {
                what: `${host} cannot be reached, or does not let other pages read its files.`,
                cure: 'If the address opens in a tab of its own, download the file there and drop it here.',
              },
          { cause: thrown },
        );
      const backOff = Math.min(longestPause, 500 * 2 ** (failures - 1)) * (0.75 + Math.random() / 2);
      await pause(Math.max(backOff, thrown instanceof PassingFailure ? (thrown.after ?? 0) : 0), signal);
    }
  }
}
