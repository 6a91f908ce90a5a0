/** What went wrong, for the person at the canvas: what, where and what to do about it. */
export interface Problem {
  /** Id of the node, when one is to blame. */
  readonly node?: string;
  /** Name of its port or parameter. */
  readonly port?: string;
  /** What is wrong, a sentence. */
  readonly what: string;
  /** What to do, a sentence. */
  readonly cure?: string;
  /** The part of a text that is to blame, from `start` to `end` (exclusive). */
  readonly excerpt?: { readonly text: string; readonly start: number; readonly end: number };
}

/** Thrown wherever input from outside cannot be used. Its message is the problem's sentences. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.cure ? `${problem.what} ${problem.cure}` : problem.what, options);
    this.problem = problem;
  }
}

/** The problem behind anything that was thrown. Foreign errors keep their message. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof ProblemError) return thrown.problem;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { what: message || 'The computation failed without a message.' };
}
