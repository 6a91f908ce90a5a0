import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changesOverSteps, evaluationsByText, scheduleA1111 } from './a1111-schedule';

const DEEP = 10_000;
const plainly = (prompt: string, steps: number) => scheduleA1111(prompt, steps).map(({ until, text }) => [until, text]);

describe('a prompt that changes over the steps', () => {
  // The examples that AUTOMATIC1111 documents, for ten steps.
  test.each([
    ['test', [[10, 'test']]],
    [
      'a [b:3]',
      [
        [3, 'a '],
        [10, 'a b'],
      ],
    ],
    [
      'a [b: 3]',
      [
        [3, 'a '],
        [10, 'a b'],
      ],
    ],
    [
      'a [[[b]]:2]',
      [
        [2, 'a '],
        [10, 'a [[b]]'],
      ],
    ],
    [
      '[(a:2):3]',
      [
        [3, ''],
        [10, '(a:2)'],
      ],
    ],
    [
      'a [b : c : 1] d',
      [
        [1, 'a b  d'],
        [10, 'a  c  d'],
      ],
    ],
    [
      'a[b:[c:d:2]:1]e',
      [
        [1, 'abe'],
        [2, 'ace'],
        [10, 'ade'],
      ],
    ],
    ['a [unbalanced', [[10, 'a [unbalanced']]],
    [
      'a [b:.5] c',
      [
        [5, 'a  c'],
        [10, 'a b c'],
      ],
    ],
    [
      '((a][:b:c [d:3]',
      [
        [3, '((a][:b:c '],
        [10, '((a][:b:c d'],
      ],
    ],
    ['[a|(b:1.1)]', Array.from({ length: 10 }, (_, i) => [i + 1, i % 2 ? '(b:1.1)' : 'a'])],
  ])('is read as AUTOMATIC1111 documents it: %s', (prompt, schedule) => {
    expect(plainly(prompt, 10)).toEqual(schedule);
  });

  // What the documented grammar gives, parsed with the Python package lark, for four steps.
  test.each([
    [
      '[fe|]male',
      [
        [1, 'female'],
        [2, 'male'],
        [3, 'female'],
        [4, 'male'],
      ],
    ],
    [
      'a [b:c:0]',
      [
        [0, 'a b'],
        [4, 'a c'],
      ],
    ],
    [
      'a [b::-3] c',
      [
        [-12, 'a b c'],
        [4, 'a  c'],
      ],
    ],
    [
      '[a:b:0.25][c::6] [d|e [f:g:0.5]]',
      [
        [1, 'ac d'],
        [2, 'bc e f'],
        [3, 'bc d'],
        [4, 'bc e g'],
      ],
    ],
    [
      '[[a|b]:[c|d]:3]',
      [
        [1, 'a'],
        [2, 'b'],
        [3, 'a'],
        [4, 'd'],
      ],
    ],
    [
      '(x:y:z [a:3])',
      [
        [3, '(x:y:z )'],
        [4, '(x:y:z a)'],
      ],
    ],
    [
      '((a [b:c:3]',
      [
        [3, '((a b'],
        [4, '((a c'],
      ],
    ],
    ['a [b:c:99]', [[4, 'a b']]],
    ['cat | dog [a:b:3]', [[4, 'cat | dog [a:b:3]']]],
    ['[a:(b:c:d):3]', [[4, '[a:(b:c:d):3]']]],
    ['a\\[b:c:3]', [[4, 'a\\[b:c:3]']]],
    ['[a:b:3] \\', [[4, '[a:b:3] \\']]],
  ])('is read as the grammar says: %s', (prompt, schedule) => {
    expect(plainly(prompt, 4)).toEqual(schedule);
  });

  test('holds the first text up to and with the step of the change, counted from 0', () => {
    expect([...evaluationsByText(scheduleA1111('[a:b:0.5]', 8), 8)]).toEqual([
      ['a', [0, 1, 2, 3, 4]],
      ['b', [5, 6, 7]],
    ]);
    expect([...evaluationsByText(scheduleA1111('[a|b]', 6), 6)]).toEqual([
      ['a', [0, 1, 3, 5]],
      ['b', [2, 4]],
    ]);
  });

  test('has a text for every evaluation, and stays as it is where nothing changes, whatever the prompt', () => {
    const signs = fc.constantFrom('(', ')', '[', ']', ':', '|', '\\', '3', '0.5', ' ', 'a', '\n', '[a:b:2]', '[c|d]');
    const prompts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(signs).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(prompts, fc.integer({ min: 1, max: 30 }), (prompt, steps) => {
        const schedule = scheduleA1111(prompt, steps);
        const evaluations = [...evaluationsByText(schedule, steps).values()].flat().sort((a, b) => a - b);
        expect(evaluations).toEqual(Array.from({ length: steps }, (_, i) => i));
        if (!changesOverSteps(prompt)) expect(schedule).toEqual([{ until: steps, text: prompt }]);
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    `${'['.repeat(DEEP)}cat${']'.repeat(DEEP)}`,
    `${'['.repeat(DEEP)}cat${':1]'.repeat(DEEP)}`,
    `${'[a|'.repeat(DEEP)}cat${']'.repeat(DEEP)}`,
    `${'(['.repeat(DEEP)}cat`,
    '[:'.repeat(DEEP),
    `${'[('.repeat(DEEP)}${']'.repeat(DEEP)}`,
  ])('may nest 10,000 deep %#', (prompt) => {
    expect(scheduleA1111(prompt, 20).at(-1)?.until).toBe(20);
  });
});
