import { expect, test } from 'vitest';
import type { Tensor } from '../../core/device';
import { entriesAt } from './conditioning-at';

const tokens: Tensor = { type: 'float32', dims: [1, 77, 4], bytes: 1232, place: 'host' };
const strip = { chunks: [], cut: '', unknown: [] };

test('an entry without steps holds at every evaluation of every loop', () => {
  const entry = { tokens, strip };
  expect(entriesAt([entry], { index: 7, count: 9 })).toEqual([entry]);
});

test('an entry holds at its evaluations', () => {
  const first = { tokens, strip, during: { count: 4, at: [0, 1, 3] } };
  const second = { tokens, strip, during: { count: 4, at: [2] } };
  const held = [0, 1, 2, 3].map((index) => entriesAt([first, second], { index, count: 4 }));
  expect(held).toEqual([[first], [first], [second], [first]]);
});

test('a prompt made for another number of steps is refused', () => {
  const entry = { tokens, strip, during: { count: 4, at: [0, 1, 2, 3] } };
  expect(() => entriesAt([entry], { index: 0, count: 5 })).toThrow(
    'This prompt changes over 4 steps, but the denoise zone has 5. Wire the schedule of this zone into the text encoder.',
  );
});
