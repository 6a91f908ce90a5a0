import { describe, expect, it } from 'vitest';
import { arithmetic } from './arithmetic';

describe('a number field', () => {
  it.each([
    ['7.5*2', 15],
    [' -3 ', -3],
    ['−3', -3],
    ['7,5', 7.5],
    ['.5', 0.5],
    ['1e-3', 0.001],
    ['(1+2)/3', 1],
    ['2+3*4', 14],
    ['2^-3', 0.125],
    ['2^3^2', 512],
    ['-2^2', -4],
    ['10-2-3', 5],
    ['512 × 1.5', 768],
    ['1e3+1', 1001],
  ])('reads %j as %d', (text, value) => expect(arithmetic(text)).toBe(value));

  it.each(['', 'x', '1+', '(1', '1)', '1 2', '1/0', 'alert(1)', '2**3', '1..2', '0x10', '1_0'])('refuses %j', (text) =>
    expect(arithmetic(text)).toBeUndefined(),
  );
});
