import { describe, expect, test } from 'vitest';
import recorded from '../../test/fixtures/guidance.json';
import { guidanceAt, guidesAt, parseCurve } from './guidance';

describe('guidance over the steps', () => {
  test.each(recorded.intervals)(
    'between $begin and $end is on at the steps at which diffusers’ guider has it on: $guided',
    ({ begin, end, guided }) => {
      expect(guided.map((_, index) => guidesAt(index, guided.length, { begin, end }))).toEqual(guided);
    },
  );

  test('goes along straight lines between its points, as numpy interpolates', () => {
    const { points, at, scales } = recorded.curve;
    const curve = parseCurve(points.map(([x, y]) => `${x}: ${y}`).join(', '));
    for (const [i, progress] of at.entries()) expect(guidanceAt(curve, progress)).toBeCloseTo(scales[i] as number, 12);
  });

  test('takes points in any order, one of them alone, and steps up where two are at one place', () => {
    expect(guidanceAt(parseCurve('1: 2; 0: 4'), 0.5)).toBe(3);
    expect(guidanceAt(parseCurve('0.5 6'), 0)).toBe(6);
    expect(guidanceAt(parseCurve('0.5 6'), 1)).toBe(6);
    const jump = parseCurve('0: 1, 0.5: 1, 0.5: 9, 1: 9');
    expect([0.25, 0.4999, 0.5001, 0.75].map((at) => guidanceAt(jump, at))).toEqual([1, 1, 9, 9]);
  });

  test.each(['7.5', '2: 7', '0: high', '0: 1: 2', ''])('refuses "%s" in a sentence', (text) => {
    expect(() => parseCurve(text)).toThrow(/write/);
  });
});
