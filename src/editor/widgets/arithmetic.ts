/**
 * What a number field understands: `7.5*2`, `(1+2)/3`, `2^-3`, `512 × 1.5`. Undefined when it is not a finite number.
 * expression = term {(+|-) term};  term = factor {(*|/) factor};  factor = (+|-) factor | atom [^ factor].
 */
export function arithmetic(text: string): number | undefined {
  const source = text.replaceAll(',', '.').replaceAll('−', '-').replaceAll('×', '*').replaceAll('÷', '/');
  const tokens =
    source.match(/\s*(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|[-+*/^()])/giy)?.map((token) => token.trim()) ?? [];
  if (tokens.join('') !== source.replaceAll(/\s/g, '') || tokens.length > 200) return undefined;
  let next = 0;
  const taken = (...operators: string[]): string | undefined =>
    operators.includes(tokens[next] ?? '') ? tokens[next++] : undefined;

  const atom = (): number => {
    if (taken('(')) {
      const value = expression();
      return taken(')') ? value : Number.NaN;
    }
    const token = tokens[next++];
    return token === undefined ? Number.NaN : Number(token);
  };
  const factor = (): number => {
    if (taken('-')) return -factor();
    if (taken('+')) return factor();
    const base = atom();
    return taken('^') ? base ** factor() : base;
  };
  const term = (): number => {
    let value = factor();
    for (let sign = taken('*', '/'); sign; sign = taken('*', '/'))
      value = sign === '*' ? value * factor() : value / factor();
    return value;
  };
  const expression = (): number => {
    let value = term();
    for (let sign = taken('+', '-'); sign; sign = taken('+', '-'))
      value = sign === '+' ? value + term() : value - term();
    return value;
  };

  const value = expression();
  return next === tokens.length && Number.isFinite(value) ? value : undefined;
}
