import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import recorded from '../test/fixtures/clip-tokens.json';
import { createTokenizer, type TokenizerFiles } from './tokenizer';

const folder = new URL('./tiny/model/tokenizer/', import.meta.url);
const vocab = readFileSync(new URL('vocab.json', folder), 'utf8');
const merges = readFileSync(new URL('merges.txt', folder), 'utf8');
const clip = createTokenizer({ vocab, merges }, { maxLength: 77 });
const { start, end } = recorded;

describe('the tokenizer', () => {
  test('gives the ids of transformers for every recorded text', () => {
    for (const { text, ids } of recorded.cases) {
      expect(
        clip.tokenize(text).map(({ id }) => id),
        JSON.stringify(text),
      ).toEqual(ids);
    }
  });

  test('puts start, end and padding around a text and cuts what is too long, as transformers does', () => {
    for (const { text, ids, padded } of recorded.cases) {
      const expected = padded ?? [start, ...ids, end, ...Array(75 - ids.length).fill(end)];
      const encoding = clip.encode(text);
      expect(encoding.ids, JSON.stringify(text)).toEqual(expected);
      expect(encoding.tokens.map(({ id }) => id)).toEqual(ids.slice(0, 75));
      if (padded === undefined) expect(encoding.cut).toBe('');
    }
  });

  test('spells tokens as the vocabulary does', () => {
    expect(clip.encode('A cat!').tokens.map(({ text }) => text)).toEqual(['a</w>', 'cat</w>', '!</w>']);
  });

  test('tells which part of a long text was cut', () => {
    const encoding = clip.encode(`${'cat '.repeat(74)}cat a red circle`);
    expect(encoding.cut).toBe('a red circle');
    expect(encoding.tokens).toHaveLength(75);
  });

  test('reads the same from a tokenizer.json, with merges as text or as pairs', () => {
    const model = { type: 'BPE', end_of_word_suffix: '</w>', vocab: JSON.parse(vocab) };
    const lines = merges.trim().split('\n').slice(1);
    const text = "an astronaut's café 🐱 in 1969";
    for (const list of [lines, lines.map((line) => line.split(' '))]) {
      const tokenizerJson = JSON.stringify({ model: { ...model, merges: list }, added_tokens: [] });
      expect(createTokenizer({ tokenizerJson }, { maxLength: 77 }).encode(text)).toEqual(clip.encode(text));
    }
  });

  test('pads with the token that the special tokens name', () => {
    const specialTokens = JSON.stringify({ eos_token: { content: '<|endoftext|>' }, pad_token: '!' });
    const { padId, encode } = createTokenizer({ vocab, merges, specialTokens }, { maxLength: 8 });
    expect(padId).toBe(0);
    expect(encode('cat').ids.slice(2)).toEqual([end, 0, 0, 0, 0, 0]);
  });
});

describe('a learned word', () => {
  const words = [
    { word: '<cat-toy>', count: 2 },
    { word: 'gorilla style', count: 3 },
    { word: 'gorilla', count: 1 },
  ];

  test('takes as many positions as it has vectors, between the tokens of the text around it', () => {
    const { ids, learned, tokens } = clip.encode('a <cat-toy>, red', words);
    expect(learned).toEqual([{ word: '<cat-toy>', position: 2, count: 2 }]);
    expect(ids.slice(0, 7)).toEqual([start, 320, end, end, 267, 630, end]);
    expect(tokens[1]).toEqual({ id: end, text: '<cat-toy>' });
  });

  test('is found whatever its case, the longest first, and not inside other words', () => {
    const { learned } = clip.encode('Gorilla Style gorillas my-gorilla xgorilla', words);
    expect(learned.map(({ word }) => word)).toEqual(['gorilla style', 'gorilla']);
  });

  test('keeps the vectors that fit where the text is cut', () => {
    const { learned, cut } = clip.encode(`${'cat '.repeat(74)}<cat-toy> red <cat-toy>`, words);
    expect(learned).toEqual([{ word: '<cat-toy>', position: 75, count: 1 }]);
    expect(cut).toBe('<cat-toy> red <cat-toy>');
  });
});

describe('files that are no CLIP tokenizer', () => {
  test.each<[TokenizerFiles, string]>([
    [{ vocab: '{', merges }, "The tokenizer's vocab.json is not JSON."],
    [{ vocab: '[]', merges }, "The vocabulary in the tokenizer's vocab.json is not a JSON object."],
    [{ vocab: '{"a":1,"b":1}', merges: '' }, 'The token "b" in the tokenizer\'s vocab.json has no id of its own.'],
    [{ vocab: '{"a":"x"}', merges: '' }, 'The token "a" in the tokenizer\'s vocab.json has no id of its own.'],
    [{ vocab: '{"a":0}', merges: '' }, 'The tokenizer\'s vocabulary lacks its special token "<|startoftext|>".'],
    [
      { vocab, merges: '#version: 0.2\ni n\nq q q' },
      "Merge 2 in the tokenizer's merges.txt does not join two pieces into a token of the vocabulary.",
    ],
    [
      { tokenizerJson: '{"model":{"type":"Unigram"}}' },
      'The tokenizer.json is not that of a CLIP text encoder: it has no byte pairs that end words in </w>.',
    ],
    [{ vocab, merges, specialTokens: '7' }, "The tokenizer's special_tokens_map.json is not a JSON object."],
  ])('are refused in a sentence %#', (files, message) => {
    expect(() => createTokenizer(files, { maxLength: 77 })).toThrow(new Error(message));
  });

  test('are refused for a text encoder without room', () => {
    expect(() => createTokenizer({ vocab, merges }, { maxLength: 2 })).toThrow(/no room for text/);
  });
});
