import { expect, test } from 'vitest';
import { openFileBytes } from '../src/formats/bytes.node';
import recorded from '../test/fixtures/clip-vocabulary-tokens.json';
import { clipTokenizer } from './clip-vocabulary';

const folder = {
  key: 'clip-vocabulary',
  title: 'clip-vocabulary',
  paths: ['merges.bin'],
  open: async (path: string) => openFileBytes(`models/clip-vocabulary/model/${path}`),
};

const END = 49407;

test.each([
  ['SD 1, which fills up with the end', 'sd1', END],
  ['SD 2, which fills up with "!"', 'sd2', 0],
] as const)(
  'CLIP’s own vocabulary gives the ids of transformers for every recorded text, padded as %s',
  async (_, family, pad) => {
    const tokenizer = await clipTokenizer(folder, family, 77);
    for (const { text, ids, ...others } of recorded.cases as readonly {
      text: string;
      ids: number[];
      sd1?: number[];
      sd2?: number[];
    }[]) {
      expect(
        tokenizer.tokenize(text).map(({ id }) => id),
        JSON.stringify(text),
      ).toEqual(ids);
      const expected = others[family] ?? [
        49406,
        ...ids.slice(0, 75),
        END,
        ...Array(Math.max(0, 75 - ids.length)).fill(pad),
      ];
      expect(tokenizer.encode(text).ids, JSON.stringify(text)).toEqual(expected);
    }
  },
);
