/** Where something stands in the text, in UTF-16 units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const comparisons = ['<', '<=', '>', '>=', '==', '!='] as const;

export type BinaryOperator = '+' | '-' | '*' | '/' | '^' | (typeof comparisons)[number];

/** An expression that was read. `at` is the sign or name that says what is done. */
export type Expression =
  | { readonly type: 'number'; readonly value: number; readonly at: Span }
  | { readonly type: 'name'; readonly name: string; readonly at: Span }
  | { readonly type: 'negative'; readonly of: Expression; readonly at: Span }
  | {
      readonly type: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: Span;
    }
  | {
      readonly type: 'call';
      readonly name: string;
      readonly values: readonly Expression[];
      readonly at: Span;
    }
  | { readonly type: 'channel'; readonly of: Expression; readonly channel: string; readonly at: Span };

/** What is wrong with an expression, and where. The message is one sentence. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';

  constructor(
    message: string,
    readonly at: Span,
  ) {
    super(message);
  }
}

/** Letters of the text, far more than a person writes, and how deep brackets and signs may nest. */
export const limits = { text: 2000, depth: 64 } as const;
