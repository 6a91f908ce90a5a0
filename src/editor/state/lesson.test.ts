import { expect, test } from 'vitest';
import type { RunEvent } from '../../engine/events';
import { type Lesson, smoothed, thinnedOut, withNews } from './lesson';

type News = Extract<RunEvent, { type: 'lesson' }>;

const picture = { width: 1, height: 1, pixels: new Uint8ClampedArray(4) };
const told = (...news: Omit<News, 'type' | 'node'>[]) =>
  news.reduce<Lesson | undefined>(
    (lesson, one) => withNews(lesson, { type: 'lesson', node: 'learn', ...one }),
    undefined,
  );

test('a lesson that begins anew leaves behind what came later, and one that goes on does not', () => {
  const first = [{ losses: { at: 0, values: [3, 2, 1] } }, { sample: { step: 3, picture } }];
  expect(told(...first)).toEqual({ losses: [3, 2, 1], samples: [{ step: 3, picture }] });
  expect(told(...first, { losses: { at: 0, values: [3, 2, 1] } }, { losses: { at: 3, values: [0.5] } })).toEqual({
    losses: [3, 2, 1, 0.5],
    samples: [{ step: 3, picture }],
  });
  expect(told(...first, { losses: { at: 0, values: [] } })).toEqual({ losses: [], samples: [] });
});

test('of many pictures on the way the first and the last stay', () => {
  const steps = Array.from({ length: 60 }, (_, i) => 50 * (i + 1));
  const samples = told(...steps.map((step) => ({ sample: { step, picture } })))?.samples ?? [];
  expect(samples.length).toBeLessThanOrEqual(24);
  expect([samples[0]?.step, samples.at(-1)?.step]).toEqual([50, 3000]);
});

test('the curve of a constant loss is that loss, and thinned out it keeps its mean', () => {
  expect(smoothed(Array(100).fill(2)).every((value) => Math.abs(value - 2) < 1e-9)).toBe(true);
  const thin = thinnedOut([1, 3, 5, 7, 9], 3);
  expect(thin).toEqual([
    { step: 1.5, value: 2 },
    { step: 3.5, value: 6 },
    { step: 5, value: 9 },
  ]);
});
