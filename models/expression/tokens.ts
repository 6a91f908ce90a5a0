import { ExpressionError, type Span } from './syntax';

export interface Token {
  readonly type: 'number' | 'name' | 'sign' | 'end';
  /** Signs in ASCII, whatever they were written as. */
  readonly text: string;
  readonly at: Span;
}

/** As formulas are printed: `(1 − m) · x`. */
const printed: Readonly<Record<string, string>> = {
  '·': '*',
  '×': '*',
  '−': '-',
  '÷': '/',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '**': '^',
  π: 'pi',
};

const shapes = [
  { type: 'number', shape: /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y },
  { type: 'name', shape: /π|[A-Za-z_][A-Za-z0-9_]*/y },
  { type: 'sign', shape: /\*\*|[<>=!]=|[-+*/^()<>,.[\]·×−÷≤≥≠]/y },
] as const;

/** The words of an expression, with an `end` behind the last. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let start = 0;
  while (start < text.length) {
    const token = /\s/.test(text[start] as string) ? undefined : tokenAt(text, start);
    if (token) tokens.push(token);
    start = token?.at.end ?? start + 1;
  }
  return [...tokens, { type: 'end', text: '', at: { start: text.length, end: text.length + 1 } }];
}

function tokenAt(text: string, start: number): Token {
  for (const { type, shape } of shapes) {
    shape.lastIndex = start;
    const found = shape.exec(text)?.[0];
    if (found === undefined) continue;
    const at = { start, end: start + found.length };
    const after = text[at.end] ?? '';
    if (type === 'number' && /[A-Za-z0-9_.]/.test(after))
      throw new ExpressionError(`${found}${after} is not a number.`, { start, end: at.end + 1 });
    return { type, text: printed[found] ?? found, at };
  }
  const letter = String.fromCodePoint(text.codePointAt(start) as number);
  const at = { start, end: start + letter.length };
  if (letter === '=') throw new ExpressionError('To compare, write ==; an expression has no other use for =.', at);
  throw new ExpressionError(`${letter} means nothing in an expression.`, at);
}
