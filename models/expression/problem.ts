import { ProblemError } from '../../src/core/problem';
import { ExpressionError } from './syntax';

/** Does something with an expression; what is wrong with it is told with the character at which it is. */
export function blamed<T>(text: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw problemOfExpression(text, thrown);
  }
}

export function problemOfExpression(text: string, thrown: unknown): unknown {
  if (!(thrown instanceof ExpressionError)) return thrown;
  const { message, at } = thrown;
  const what = message.replace(/\.$/, ` (character ${at.start + 1}).`);
  return new ProblemError({ port: 'expression', what, excerpt: { text, ...at } }, { cause: thrown });
}
