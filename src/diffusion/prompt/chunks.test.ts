import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PromptToken, Token } from '../../core/values';
import { chunkA1111 } from './a1111-chunks';
import { endsChunk } from './a1111-weights';
import { chunkComfy } from './comfyui-chunks';

/** Words are tokens, spelled as CLIP's vocabulary spells the ends of words. */
const tokenize = (text: string): Token[] =>
  Array.from(text.matchAll(/[a-z0-9]+|[^a-z0-9\s]/gu), ([word]) => ({
    id: word.codePointAt(0) ?? 0,
    text: `${word}</w>`,
  }));
const vocabulary = { endId: -1, tokenize };
const learned = [
  { word: 'zork', count: 3 },
  { word: 'zork zork', count: 5 },
  { word: 'vast', count: 100 },
];
const spelled = (tokens: readonly Token[]) => tokens.map(({ text }) => text.replace('</w>', ''));
const words = (chunks: readonly (readonly PromptToken[])[]) => chunks.map(spelled);
const a1111 = (text: string, room: number) => words(chunkA1111([{ text, weight: 1 }], learned, vocabulary, room));
const comfy = (text: string, room: number) =>
  words(chunkComfy([{ text, weight: 1 }], learned, vocabulary, room).chunks);

describe('chunks as AUTOMATIC1111 lays them out', () => {
  test('break after a comma near their end', () => {
    expect(a1111('a, b c d', 4)).toEqual([
      ['a', ','],
      ['b', 'c', 'd'],
    ]);
    expect(a1111('a b c, d', 4)).toEqual([['a', 'b', 'c', ','], ['d']]);
    expect(a1111('a b c d, e', 4)).toEqual([
      ['a', 'b', 'c', 'd'],
      [',', 'e'],
    ]);
  });

  test('look for a comma no further back than 20 tokens', () => {
    const lengths = (before: number) =>
      a1111(`${'a '.repeat(before)}, ${'b '.repeat(40)}`, 24).map(({ length }) => length);
    expect(lengths(4)).toEqual([5, 24, 16]);
    expect(lengths(3)).toEqual([24, 20]);
  });

  test('take a learned word whole, the longest name first, with the weight around it', () => {
    const [first, second] = chunkA1111(
      [
        { text: 'a', weight: 1 },
        { text: 'zork zork zork', weight: 1.5 },
      ],
      learned,
      vocabulary,
      7,
    );
    expect(spelled(first ?? [])).toEqual(['a', ...Array(5).fill('zork zork')]);
    expect(second?.map((token) => [token.weight, token.learned])).toEqual(
      [0, 1, 2].map((row) => [1.5, { word: 'zork', row }]),
    );
  });
});

describe('chunks as ComfyUI lays them out', () => {
  test('take groups of fewer than 8 tokens whole and tear larger ones apart', () => {
    expect(comfy('a b c embedding:zork', 4)).toEqual([
      ['a', 'b', 'c'],
      ['zork', 'zork', 'zork'],
    ]);
    expect(comfy('a embedding:zork b c d e f g h', 9)).toEqual([
      ['a', 'zork', 'zork', 'zork'],
      ['b', 'c', 'd', 'e', 'f', 'g', 'h'],
    ]);
    expect(comfy('a embedding:zork b c d e f g h i', 9)).toEqual([
      ['a', 'zork', 'zork', 'zork', 'b', 'c', 'd', 'e', 'f'],
      ['g', 'h', 'i'],
    ]);
  });

  test('find an embedding whatever its capitals and ending, give commas back and tell of an unknown one', () => {
    expect(comfy('a embedding:Zork.safetensors,, b', 75)).toEqual([['a', 'zork', 'zork', 'zork', ',', ',', 'b']]);
    const { chunks, unknown } = chunkComfy(
      [{ text: 'a embedding:gone, b xembedding:zork', weight: 1 }],
      learned,
      vocabulary,
      75,
    );
    expect(unknown).toEqual(['gone']);
    expect(words(chunks)).toEqual([['a', ',', 'b', 'xembedding', ':', 'zork']]);
  });
});

describe('every token has its place', () => {
  const piece = fc.record({
    text: fc.oneof(
      fc.constant('BREAK'),
      fc
        .array(fc.constantFrom('a', 'b', ',', 'zork', 'vast', 'embedding:zork', 'embedding:vast,', 'embedding:', '9'))
        .map((all) => all.join(' ')),
      fc.string({ unit: 'grapheme' }),
    ),
    weight: fc.constantFrom(1, 1.2, -1),
  });

  test('in chunks that are no longer than they may be, whatever the pieces', () => {
    fc.assert(
      fc.property(fc.array(piece), fc.integer({ min: 1, max: 80 }), (pieces, room) => {
        const texts = pieces.filter((given) => !endsChunk(given));
        const plain = chunkA1111(pieces, [], vocabulary, room);
        expect(plain.flat().map(({ text }) => text)).toEqual(
          texts.flatMap(({ text }) => tokenize(text)).map(({ text }) => text),
        );
        for (const chunks of [
          plain,
          chunkA1111(pieces, learned, vocabulary, room),
          chunkComfy(pieces, learned, vocabulary, room).chunks,
        ]) {
          expect(chunks.length).toBeGreaterThan(0);
          expect(chunks.every((chunk) => chunk.length <= room)).toBe(true);
          for (const { word, count } of learned) {
            const rows = chunks.flat().flatMap((token) => (token.learned?.word === word ? [token.learned.row] : []));
            expect(rows).toEqual(rows.map((_, i) => i % count));
          }
        }
        const asText = pieces.map(({ text, weight }) => ({ text: text.replaceAll('embedding:', ''), weight }));
        expect(
          chunkComfy(asText, [], vocabulary, room)
            .chunks.flat()
            .map(({ text }) => text),
        ).toEqual(asText.flatMap(({ text }) => tokenize(text)).map(({ text }) => text));
      }),
      { numRuns: 500 },
    );
  });
});
