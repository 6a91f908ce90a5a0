import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { functions } from './functions';
import { formOf, type OperandKind } from './kinds';
import { namesIn, parseExpression } from './parse';
import { printExpression } from './print';
import { comparisons, type Expression, ExpressionError } from './syntax';

const names = ['a', 'b', 'mask'];
const parse = (text: string) => parseExpression(text, names);

/** Without where it stood. */
const meaning = (expression: Expression): unknown =>
  JSON.parse(JSON.stringify(expression, (key, value: unknown) => (key === 'at' ? undefined : value)));

function faultOf(text: string): { message: string; under: string } {
  try {
    parse(text);
  } catch (thrown) {
    if (!(thrown instanceof ExpressionError)) throw thrown;
    return { message: thrown.message, under: text.slice(thrown.at.start, thrown.at.end) };
  }
  throw new Error(`${text} was read.`);
}

describe('what is wrong is told where it is:', () => {
  test.each([
    ['', 'There is no expression yet.', ''],
    ['a +', 'The expression ends where a value should follow.', ''],
    ['a * * b', 'A value should stand here in place of *.', '*'],
    ['mix(a, b', 'A ) is missing for the ( at character 4.', ''],
    ['a) + b', 'Nothing was opened that this ) closes.', ')'],
    ['a b', 'An operator such as + or * is missing before b.', 'b'],
    ['2a', '2a is not a number.', '2a'],
    ['1.2.3', '1.2. is not a number.', '1.2.'],
    ['1e999', '1e999 is too large a number.', '1e999'],
    ['a + foo', 'Nothing is called foo; the inputs are a, b, mask.', 'foo'],
    ['1 + mixx(a, b)', 'There is no function called mixx.', 'mixx'],
    ['a(b + 1)', 'There is no function called a. To multiply, write a * (…).', 'a'],
    ['2 * sin', 'sin is a function: write sin(x).', 'sin'],
    ['mix(a, b)', 'mix(a, b, t) takes 3 values; here are 2.', 'mix'],
    ['abs()', 'abs(x) takes one value; here are none.', 'abs'],
    ['max(a)', 'max(a, b, …) takes two or more values; here is one.', 'max'],
    ['a = b', 'To compare, write ==; an expression has no other use for =.', '='],
    ['0 < a < 1', 'Comparisons do not follow each other: put one in brackets, or multiply two.', '<'],
    ['a # b', '# means nothing in an expression.', '#'],
    ['a 🙂', '🙂 means nothing in an expression.', '🙂'],
    ['a.x', 'After a dot comes a channel: r, g or b.', 'x'],
    ['a[b]', 'In square brackets stands the number of a channel, counted from 0.', 'b'],
    [`${'('.repeat(80)}a${')'.repeat(80)}`, 'This nests deeper than 64 levels.', '('],
  ])('%s', (text, message, under) => {
    expect(faultOf(text)).toEqual({ message, under });
  });

  test('a text that is too long', () => {
    expect(faultOf(`a${'+a'.repeat(1000)}`).message).toBe('An expression has 2000 letters at most; this has 2001.');
  });
});

/** Any expression that can be written, a few levels deep. */
const expressions: fc.Arbitrary<Expression> = fc.letrec<{ any: Expression }>((tie) => {
  const at = fc.constant({ start: 0, end: 0 });
  const any = tie('any');
  const calls = Object.entries(functions).map(([name, { takes }]) =>
    fc.record({
      type: fc.constant('call' as const),
      name: fc.constant(name),
      values: fc.array(
        any,
        takes === 'two or more' ? { minLength: 2, maxLength: 4 } : { minLength: takes, maxLength: takes },
      ),
      at,
    }),
  );
  return {
    any: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.record({ type: fc.constant('name' as const), name: fc.constantFrom(...names, 'pi', 'e'), at }),
      fc.record({
        type: fc.constant('number' as const),
        value: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
        at,
      }),
      fc.record({ type: fc.constant('negative' as const), of: any, at }),
      fc.record({
        type: fc.constant('binary' as const),
        operator: fc.constantFrom('+', '-', '*', '/', '^', ...comparisons),
        left: any,
        right: any,
        at,
      }),
      fc.record({
        type: fc.constant('channel' as const),
        of: any,
        channel: fc.constantFrom('r', 'g', 'b', '0', '3'),
        at,
      }),
      fc.oneof(...calls),
    ),
  };
}).any;

test('what is printed is read as the same expression', () => {
  fc.assert(
    fc.property(expressions, (expression) => {
      const text = printExpression(expression);
      fc.pre(text.length <= 2000);
      const read = parse(text);
      expect(meaning(read)).toEqual(meaning(expression));
      expect(printExpression(read)).toBe(text);
    }),
    { numRuns: 2000 },
  );
});

test('signs as formulas are printed are read as those that are typed', () => {
  expect(printExpression(parse('(1 − mask) · a ** 2 ÷ b × π ≤ 2'))).toBe('(1 - mask) * a ^ 2 / b * pi <= 2');
});

/** The same numbers below 2^32 every time (Numerical Recipes' generator). */
function* numbers(): Generator<number, never> {
  for (let state = 1; ; state = (Math.imul(state, 1664525) + 1013904223) >>> 0) yield state >>> 8;
}

test('10,000 random texts are read, or refused in a sentence at a place that they have', () => {
  const words =
    'a b mask mix sin where e pi r clamp ( ( ( ) ) ) , , + - * / ^ < == != . [ ] 0 1 .5 1e3 = # é 🙂 \0 \ud800'.split(
      ' ',
    );
  const draw = numbers();
  const below = (count: number) => draw.next().value % count;
  const wrong: string[] = [];
  let read = 0;
  for (let i = 0; i < 10_000; i++) {
    const text = Array.from({ length: below(i % 3 === 0 ? 60 : 8) }, () => words[below(words.length)]).join(
      below(2) ? ' ' : '',
    );
    try {
      const expression = parse(text);
      read += 1;
      if (namesIn(parse(printExpression(expression))).join() !== namesIn(expression).join()) wrong.push(text);
    } catch (thrown) {
      if (!(thrown instanceof ExpressionError)) throw thrown;
      const { message, at } = thrown;
      const placed = at.start >= 0 && at.start <= text.length && at.end > at.start;
      if (!placed || !message.endsWith('.')) wrong.push(text);
    }
  }
  expect(wrong).toEqual([]);
  expect(read).toBeGreaterThan(200);
});

describe('kinds', () => {
  const kinds: Readonly<Record<string, OperandKind>> = { a: 'latent', b: 'image', mask: 'mask' };
  const form = (text: string) => formOf(parse(text), (name) => kinds[name] ?? 'number');

  test.each([
    ['2 * a', 'latent'],
    ['b * mask', 'image'],
    ['mask > 0.5', 'mask'],
    ['b.r', 'mask'],
    ['a[0] * a', 'latent'],
    ['mean(a)', 'number'],
    ['a - mean(b)', 'latent'],
    ['where(mask, 1, 0)', 'mask'],
  ])('%s is %s', (text, kind) => {
    expect(form(text).kind).toBe(kind);
  });

  test('an image and a latent do not go together, and the operator is to blame', () => {
    const text = '1 + a * b';
    const attempt = () => form(text);
    expect(attempt).toThrow('Latents and images do not go together here; encode the image or decode the latent first.');
    expect(attempt).toThrow(expect.objectContaining({ at: { start: 6, end: 7 } }));
  });
});
