import { expect, test } from 'vitest';
import { registry } from '../../../nodes/registry';
import { type Markup, parseFormula } from './formula';

/** The markup, in short: `mfrac[a,2]`. */
const short = (math: Markup): string => ('of' in math ? `${math.tag}[${math.of.map(short).join(',')}]` : math.text);

test('a fraction takes one factor on each side, without their parentheses', () => {
  expect(short(parseFormula('s · (a + 1) / 2 · b'))).toBe('mrow[s,·,mfrac[mrow[a,+,1],2],·,b]');
});

test('indices, exponents and roots hold what belongs to them', () => {
  expect(short(parseFormula('√(x_1^2 − 1)'))).toBe('msqrt[mrow[msup[msub[x,1],2],−,1]]');
});

test('a name before a parenthesis is a function, a number a factor', () => {
  expect(short(parseFormula('f(x, 2(y))'))).toBe('mrow[f,(,x,,,mrow[2,mrow[(,y,)]],)]');
});

test.each(['a +', '(a', 'a)', 'a ? b', ''])('what is no formula is refused: "%s"', (text) => {
  expect(() => parseFormula(text)).toThrow(/formula/);
});

test.each([...registry.values()].filter(({ formula }) => formula).map((node) => [node.type, node] as const))(
  'the formula of %s can be drawn, and each of its letters is explained',
  (_type, { formula = '', symbols = {}, in: inputs, out, params }) => {
    const names = new Set<string>();
    const walk = (math: Markup): void => {
      // An index belongs to its letter: u_1 is one name.
      if (math.tag === 'msub') names.add(math.of.map((part) => ('text' in part ? part.text : '')).join('_'));
      else if ('of' in math) math.of.forEach(walk);
      else if (math.tag === 'mi') names.add(math.text);
    };
    walk(parseFormula(formula));
    const known = [
      'e',
      'π',
      'ln',
      'cos',
      'denoised',
      'denoised′',
      'W′',
      'UNet',
      'prediction',
      'words',
      'image',
      'n',
      'z',
      'w',
    ];
    const unexplained = [...names].filter(
      (name) =>
        !known.includes(name) && !(name in symbols) && !(name in inputs) && !(name in out) && !(name in params.shape),
    );
    expect(unexplained).toEqual([]);
  },
);
