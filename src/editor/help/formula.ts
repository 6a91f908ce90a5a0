/** A formula as MathML has it: leaves with text, and elements that hold others. */
export type Markup =
  | { readonly tag: 'mi' | 'mn' | 'mo'; readonly text: string }
  | { readonly tag: 'mrow' | 'mfrac' | 'msqrt' | 'msub' | 'msup'; readonly of: readonly Markup[] };

const tokens = /\s*([\p{L}][\p{L}\p{M}\p{N}]*′*|\d+(?:\.\d+)?|[+−\-·*/=≥≤≈,^_√()‖…])/guy;
const minus: Readonly<Record<string, string>> = { '-': '−', '*': '·' };
const closers = new Set([')', '+', '−', '-', '·', '*', '/', '=', '≥', '≤', '≈', ',', '^', '_', '‖', '…']);

function tokensOf(text: string): string[] {
  const list: string[] = [];
  tokens.lastIndex = 0;
  for (let match = tokens.exec(text); match; match = tokens.exec(text)) {
    list.push(match[1] ?? '');
    if (tokens.lastIndex >= text.trimEnd().length) return list;
  }
  throw new Error(`The formula "${text}" has a sign that formulas do not know, after "${list.join(' ')}".`);
}

const row = (of: readonly Markup[]): Markup => (of.length === 1 && of[0] ? of[0] : { tag: 'mrow', of });

/** What stands in parentheses, where the place itself groups: over a fraction's line, under a root, as an exponent. */
const bare = (math: Markup): Markup => {
  if (math.tag !== 'mrow') return math;
  const [first, ...rest] = math.of;
  const last = rest.pop();
  const grouped = first?.tag === 'mo' && first.text === '(' && last?.tag === 'mo' && last.text === ')';
  return grouped ? row(rest) : math;
};

/**
 * Reads a formula in plain text, such as `x′ = (1 − m) · a_1 + b^2 / √(c)`: a fraction takes one factor on each side, a name before
 * a parenthesis is a function. Throws where it is not a formula; those of nodes are all read in a test.
 */
export function parseFormula(text: string): Markup {
  const list = tokensOf(text);
  let at = 0;
  const next = () => list[at];
  const take = () => list[at++] ?? '';
  const operator = (sign: string): Markup => ({ tag: 'mo', text: minus[sign] ?? sign });
  const expect = (sign: string): Markup => {
    if (take() !== sign) throw new Error(`The formula "${text}" lacks a "${sign}".`);
    return operator(sign);
  };

  function atom(): Markup {
    const sign = take();
    if (sign === '(') return { tag: 'mrow', of: [operator('('), sum(), expect(')')] };
    if (sign === '‖') return { tag: 'mrow', of: [operator('‖'), sum(), expect('‖')] };
    if (sign === '√') return { tag: 'msqrt', of: [bare(factor())] };
    if (sign === '…') return operator(sign);
    if (/^\d/.test(sign)) return { tag: 'mn', text: sign };
    if (!/^\p{L}/u.test(sign)) throw new Error(`The formula "${text}" has "${sign}" where a name or a number belongs.`);
    return { tag: 'mi', text: sign };
  }

  function factor(): Markup {
    let math = atom();
    for (let sign = next(); sign === '_' || sign === '^'; sign = next()) {
      take();
      math = { tag: sign === '_' ? 'msub' : 'msup', of: [math, bare(atom())] };
    }
    if (next() !== '(' || math.tag === 'mn' || math.tag === 'mrow') return math;
    const parts: Markup[] = [math, operator(take()), sum()];
    while (next() === ',') parts.push(operator(take()), sum());
    return { tag: 'mrow', of: [...parts, expect(')')] };
  }

  function product(): Markup {
    const parts: Markup[] = [factor()];
    for (let sign = next(); sign !== undefined; sign = next()) {
      if (sign === '·' || sign === '*') parts.push(operator(take()), factor());
      else if (sign === '/') {
        take();
        parts.push({ tag: 'mfrac', of: [bare(parts.pop() as Markup), bare(factor())] });
      } else if (!closers.has(sign)) parts.push(factor());
      else break;
    }
    return row(parts);
  }

  function sum(): Markup {
    const parts: Markup[] = [];
    if (next() === '−' || next() === '-') parts.push(operator(take()));
    parts.push(product());
    for (let sign = next(); sign && '+−-=≥≤≈'.includes(sign); sign = next()) parts.push(operator(take()), product());
    return row(parts);
  }

  const math = sum();
  if (at < list.length) throw new Error(`The formula "${text}" ends before "${next()}".`);
  return math;
}
