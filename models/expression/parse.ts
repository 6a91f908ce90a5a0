import { constants, type ExpressionFunction, functionNamed, functions } from './functions';
import { type BinaryOperator, comparisons, type Expression, ExpressionError, limits, type Span } from './syntax';
import { type Token, tokensOf } from './tokens';

/** How tightly an operator binds; a sign before a number binds as 3: `-x ^ 2` is `-(x ^ 2)`. */
export const binding: Readonly<Record<BinaryOperator, number>> = {
  ...(Object.fromEntries(comparisons.map((sign) => [sign, 1])) as Record<(typeof comparisons)[number], number>),
  '+': 2,
  '-': 2,
  '*': 3,
  '/': 3,
  '^': 4,
};

const isOperator = (text: string): text is BinaryOperator => Object.hasOwn(binding, text);
const isComparison = (text: string): boolean => (comparisons as readonly string[]).includes(text);

/**
 * Reads an expression in which `names` stand for inputs. Throws an `ExpressionError` and nothing else, whatever the text is.
 * Operator precedence parsing after Pratt, https://doi.org/10.1145/512927.512931
 */
export function parseExpression(text: string, names: readonly string[]): Expression {
  if (text.length > limits.text)
    throw new ExpressionError(`An expression has ${limits.text} letters at most; this has ${text.length}.`, {
      start: limits.text,
      end: text.length,
    });
  return new Parser(tokensOf(text), names).all();
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #names: readonly string[];
  /** What stood in brackets. */
  readonly #bracketed = new WeakSet<Expression>();
  #place = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], names: readonly string[]) {
    this.#tokens = tokens;
    this.#names = names;
  }

  all(): Expression {
    if (this.#next.type === 'end') throw new ExpressionError('There is no expression yet.', this.#next.at);
    const expression = this.#expression(0);
    const { type, text, at }: Token = this.#take();
    if (type === 'end') return expression;
    if (text === ')' || text === ']') throw new ExpressionError(`Nothing was opened that this ${text} closes.`, at);
    throw new ExpressionError(`An operator such as + or * is missing before ${text}.`, at);
  }

  get #next(): Token {
    return this.#tokens[this.#place] as Token;
  }

  #take(): Token {
    const token = this.#next;
    if (token.type !== 'end') this.#place += 1;
    return token;
  }

  /** What binds at least as tightly as `least`. */
  #expression(least: number): Expression {
    this.#depth += 1;
    if (this.#depth > limits.depth)
      throw new ExpressionError(`This nests deeper than ${limits.depth} levels.`, this.#next.at);
    let left = this.#beginning();
    for (let { text, at } = this.#next; isOperator(text) && binding[text] >= least; { text, at } = this.#next) {
      const chained = left.type === 'binary' && isComparison(left.operator) && !this.#bracketed.has(left);
      if (chained && isComparison(text))
        throw new ExpressionError('Comparisons do not follow each other: put one in brackets, or multiply two.', at);
      this.#take();
      // Powers go from right to left, all else from left to right.
      const right = this.#expression(text === '^' ? 4 : binding[text] + 1);
      left = { type: 'binary', operator: text, left, right, at };
    }
    this.#depth -= 1;
    return left;
  }

  #beginning(): Expression {
    const token = this.#take();
    const { type, text, at } = token;
    if (type === 'number') return this.#channels({ type: 'number', value: this.#number(token), at });
    if (type === 'name') return this.#channels(this.#named(token));
    if (text === '-') return { type: 'negative', of: this.#expression(4), at };
    if (text === '+') return this.#expression(4);
    if (text === '(') {
      const inside = this.#expression(0);
      this.#close(')', at);
      this.#bracketed.add(inside);
      return this.#channels(inside);
    }
    if (type === 'end') throw new ExpressionError('The expression ends where a value should follow.', at);
    throw new ExpressionError(`A value should stand here in place of ${text}.`, at);
  }

  #number({ text, at }: Token): number {
    const value = Number(text);
    if (!Number.isFinite(value)) throw new ExpressionError(`${text} is too large a number.`, at);
    return value;
  }

  #close(sign: ')' | ']', opened: Span): void {
    const { text, at } = this.#next;
    if (text === sign) this.#take();
    else {
      const what = sign === ')' ? '(' : '[';
      throw new ExpressionError(`A ${sign} is missing for the ${what} at character ${opened.start + 1}.`, at);
    }
  }

  #named({ text: name, at }: Token): Expression {
    const found = functionNamed(name);
    if (this.#next.text === '(') {
      if (found) return this.#call(found, at);
      const inputs = this.#names.includes(name) ? ` To multiply, write ${name} * (…).` : '';
      throw new ExpressionError(`There is no function called ${name}.${inputs}`, at);
    }
    if (this.#names.includes(name) || Object.hasOwn(constants, name)) return { type: 'name', name, at };
    if (found) throw new ExpressionError(`${name} is a function: write ${functions[found].written}.`, at);
    throw new ExpressionError(`Nothing is called ${name}; the inputs are ${this.#names.join(', ')}.`, at);
  }

  #call(name: keyof typeof functions, at: Span): Expression {
    const open = this.#take().at;
    const values: Expression[] = [];
    if (this.#next.text !== ')') {
      values.push(this.#expression(0));
      while (this.#next.text === ',') {
        this.#take();
        values.push(this.#expression(0));
      }
    }
    this.#close(')', open);
    const { takes, written }: ExpressionFunction = functions[name];
    if (takes === 'two or more' ? values.length < 2 : values.length !== takes) {
      const wanted = takes === 1 ? 'one value' : takes === 'two or more' ? 'two or more values' : `${takes} values`;
      throw new ExpressionError(`${written} takes ${wanted}; here ${words(values.length)}.`, at);
    }
    return { type: 'call', name, values, at };
  }

  /** Channels of what was just read: `.r` or `[0]`. */
  #channels(of: Expression): Expression {
    const { text, at } = this.#next;
    if (text !== '.' && text !== '[') return of;
    this.#take();
    const picked = this.#take();
    if (text === '.') {
      if (!/^[rgb]$/.test(picked.text)) throw new ExpressionError('After a dot comes a channel: r, g or b.', picked.at);
      return this.#channels({ type: 'channel', of, channel: picked.text, at: { start: at.start, end: picked.at.end } });
    }
    if (picked.type !== 'number' || !/^\d{1,3}$/.test(picked.text))
      throw new ExpressionError('In square brackets stands the number of a channel, counted from 0.', picked.at);
    this.#close(']', at);
    const channel = String(Number(picked.text));
    return this.#channels({ type: 'channel', of, channel, at: { start: at.start, end: picked.at.end + 1 } });
  }
}

const words = (count: number): string => (count === 0 ? 'are none' : count === 1 ? 'is one' : `are ${count}`);

/** The inputs that an expression names, in the order of their first use. */
export function namesIn(expression: Expression): string[] {
  const found = new Set<string>();
  const visit = (part: Expression): void => {
    if (part.type === 'name' && !Object.hasOwn(constants, part.name)) found.add(part.name);
    for (const inner of partsOf(part)) visit(inner);
  };
  visit(expression);
  return [...found];
}

/** What an expression is made of. */
function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.type) {
    case 'binary':
      return [expression.left, expression.right];
    case 'call':
      return expression.values;
    case 'negative':
    case 'channel':
      return [expression.of];
    default:
      return [];
  }
}
