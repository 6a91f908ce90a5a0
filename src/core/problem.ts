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
  /** The same, where the program can do it. */
  readonly fix?: Fix;
}

/** A change of a graph that mends a problem. `label` says it, as a button does: "Set 512". */
export type Fix = { readonly label: string } & (
  | {
      readonly do: 'set';
      readonly node: string;
      /** `undefined` gives a parameter its default, or takes away one that does not exist. */
      readonly params: Readonly<Record<string, string | number | boolean | undefined>>;
    }
  /** Takes back that a node is muted or bypassed. */
  | { readonly do: 'enable'; readonly node: string }
  /** Removes the wire into an input, named by node and port. */
  | { readonly do: 'cut'; readonly to: readonly [string, string] }
  | { readonly do: 'wire'; readonly from: readonly [string, string]; readonly to: readonly [string, string] }
  /** Adds a node of a type and wires its output into an input. */
  | { readonly do: 'add'; readonly type: string; readonly output: string; readonly to: readonly [string, string] }
  /** Puts a node of a type into the wire that ends at an input. */
  | {
      readonly do: 'insert';
      readonly type: string;
      readonly params: Readonly<Record<string, string | number | boolean>>;
      readonly to: readonly [string, string];
    }
);

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
