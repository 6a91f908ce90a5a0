import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPrompt } from './prompt-layout';
import { createTokenizer } from './tokenizer';

const folder = new URL('./tiny/model/tokenizer/', import.meta.url);
const vocab = readFileSync(new URL('vocab.json', folder), 'utf8');
const merges = readFileSync(new URL('merges.txt', folder), 'utf8');
const clip = createTokenizer({ vocab, merges }, { maxLength: 77 });
const learned = [{ word: 'zork', count: 3 }];

describe('reading a prompt', () => {
  test.each(['plain', 'a1111', 'comfyui'] as const)(
    'never fails in the syntax %s, and gives every token a place',
    (syntax) => {
      const signs = [
        '(',
        ')',
        '[',
        ']',
        ':',
        '|',
        '\\',
        '1.3',
        'BREAK',
        'cat',
        ', ',
        ' zork ',
        ' embedding:zork',
        ' embedding:x,',
        '🐱',
        '\n',
      ];
      const prompts = fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.array(fc.constantFrom(...signs), { maxLength: 120 }).map((all) => all.join('')),
      );
      fc.assert(
        fc.property(prompts, (prompt) => {
          const texts = readPrompt(prompt, learned, clip, { syntax, clipSkip: 1, steps: 6 });
          for (const { strip } of texts) {
            expect(strip.chunks.length).toBe(texts[0]?.strip.chunks.length);
            for (const chunk of strip.chunks) expect(chunk.length).toBeLessThanOrEqual(75);
            expect(strip.chunks.flat().every(({ weight }) => Number.isFinite(weight))).toBe(true);
          }
          const at = texts.flatMap((text) => text.at ?? []);
          if (texts.length > 1) expect(at.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
        }),
        { numRuns: 300 },
      );
    },
  );

  test('tells the marks of learned words that nothing stands for, once each', () => {
    const words = [...learned, { word: '<known>', count: 1 }];
    const [text] = readPrompt('<known> <new> 3 < 4 <new>, a<b>c', words, clip, { syntax: 'plain', clipSkip: 1 });
    expect(text?.strip.unknown).toEqual(['<new>', '<b>']);
  });

  test('without any sign is the same in every syntax', () => {
    const [plain, a1111, comfyui] = (['plain', 'a1111', 'comfyui'] as const).map((syntax) =>
      readPrompt('a small cat, photo', [], clip, { syntax, clipSkip: 1 }),
    );
    expect(a1111).toEqual(plain);
    expect(comfyui).toEqual(plain);
  });

  test('AND and changes over unknown steps are refused with what to do', () => {
    const read = (prompt: string) => () => readPrompt(prompt, [], clip, { syntax: 'a1111', clipSkip: 1 });
    expect(read('a cat AND a dog')).toThrow(/Give each prompt a text encoder and a UNet step/);
    expect(read('ANDROID and SAND')).not.toThrow();
    expect(read('[cat:dog:0.5]')).toThrow(/Wire the schedule that goes into Denoise start/);
  });
});
