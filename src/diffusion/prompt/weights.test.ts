import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import recorded from '../../../test/fixtures/prompt-weights.json';
import { parseA1111Weights } from './a1111-weights';
import { parseComfyWeights } from './comfyui-weights';
import type { WeightedText } from './weighted-text';

const DEEP = 10_000;
const plainly = (pieces: readonly WeightedText[]) => pieces.map(({ text, weight }) => [text, weight]);

/** Texts thick with signs. */
const prompts = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.constantFrom('(', ')', '[', ']', ':', '|', '\\', '1.3', '-2', '1000000000', ' ', 'BREAK', 'a', ',', '\n'))
    .map((all) => all.join('')),
);

describe('weights', () => {
  test.each(recorded.cases)('are read as the tools read them: $prompt', ({ prompt, a1111, comfyui }) => {
    expect(plainly(parseA1111Weights(prompt))).toEqual(a1111);
    expect(plainly(parseComfyWeights(prompt))).toEqual(comfyui);
  });

  test('that are no numbers are text', () => {
    expect(plainly(parseA1111Weights('(a:1.2.3) (b:.)'))).toEqual([
      ['a:1.2.3', 1.1],
      [' ', 1],
      ['b:.', 1.1],
    ]);
    expect(plainly(parseComfyWeights('(a:nan) (b:inf)(c:1e400)'))).toEqual([
      ['a:nan', 1.1],
      [' ', 1],
      ['b:inf', 1.1],
      ['c:1e400', 1.1],
    ]);
  });

  test.each([
    ['a1111', parseA1111Weights],
    ['comfyui', parseComfyWeights],
  ])('in the syntax of %s are finite, whatever the text and however deep its brackets', (_, parse) => {
    const finite = (prompt: string) => parse(prompt).every(({ weight }) => Number.isFinite(Math.fround(weight)));
    fc.assert(fc.property(prompts, finite), { numRuns: 2000 });
    for (const prompt of [
      `${'('.repeat(DEEP)}cat${')'.repeat(DEEP)}`,
      `${'('.repeat(DEEP)}cat`,
      `${'(a'.repeat(DEEP)}:0${')'.repeat(DEEP)}`,
      `${'['.repeat(DEEP)}cat${']'.repeat(DEEP)}`,
      `${'['.repeat(DEEP)}cat${':9)'.repeat(DEEP)}`,
      `${'(['.repeat(DEEP)}cat${')]'.repeat(DEEP)}`,
      ')'.repeat(DEEP),
      ' '.repeat(2 * DEEP),
    ]) {
      expect(finite(prompt)).toBe(true);
    }
  });

  test('leave no letter out and make none up', () => {
    const letters = (text: string) => text.replace(/[^a-z\u{80}-\u{10ffff}]/gu, '');
    fc.assert(
      fc.property(prompts, (prompt) => {
        for (const parse of [parseA1111Weights, parseComfyWeights]) {
          const read = parse(prompt).map(({ text }) => text);
          expect(letters(read.join(''))).toBe(letters(prompt));
        }
      }),
      { numRuns: 2000 },
    );
  });
});
