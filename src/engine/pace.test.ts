import { expect, test } from 'vitest';
import { Pace } from './pace';

/** What is told after each of steps that took so long. */
function told(...steps: readonly number[]) {
  const pace = new Pace();
  let now = 1000;
  return steps.map((milliseconds) => {
    now += milliseconds;
    return pace.ended(now);
  });
}

test('a pace is that of the steps alone, whatever was made in the first one and for a picture on the way', () => {
  expect(told(8000, 200, 400, 300)).toEqual([undefined, 200, 300, 300]);
  // The session that pictures are drawn with, and then a picture, which comes again and again.
  expect(told(8000, 200, 200, 200, 9000, 200)).toEqual([undefined, 200, 200, 200, 200, 200]);
  expect(told(8000, 200, 200, 200, 1200)).toEqual([undefined, 200, 200, 200, 450]);
  // A machine that others come to is slower from then on.
  expect(told(8000, ...Array(200).fill(200), ...Array(100).fill(600)).at(-1)).toBe(600);
});
