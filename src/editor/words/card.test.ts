import { expect, test } from 'vitest';
import readme from '../../../models/tiny/README.md?raw';
import { cardParts } from './card';

test('tables, pictures and text of a card are told apart, and lines broken for the source are joined', () => {
  const card =
    '# Title\n\nOne\ntwo.\n\n| a | b |\n|---|---|\n| 1 | **2** |\n\n![Words](x.png)\n\n* first\n  goes on\n* second\n';
  expect(cardParts(card)).toEqual([
    { type: 'text', text: '# Title' },
    { type: 'text', text: 'One two.' },
    {
      type: 'table',
      rows: [
        ['a', 'b'],
        ['1', '**2**'],
      ],
    },
    { type: 'picture', words: 'Words', file: 'x.png' },
    { type: 'text', text: '* first goes on\n* second' },
  ]);
});

test('the card of the built-in model has tables of whole rows and says what it is not', () => {
  const parts = cardParts(readme);
  const tables = parts.flatMap((part) => (part.type === 'table' ? [part.rows] : []));
  expect(tables.length).toBeGreaterThan(0);
  for (const [head = [], ...rows] of tables) for (const row of rows) expect(row).toHaveLength(head.length);
  expect(JSON.stringify(parts)).toContain('it is not Stable Diffusion');
  expect(JSON.stringify(parts)).not.toContain('<!--');
});

test('every picture of the card is there', () => {
  const there = Object.keys(import.meta.glob('../../../models/tiny/{,fine-tunes/}*.png'));
  const named = cardParts(readme).flatMap((part) => (part.type === 'picture' ? [part.file] : []));
  expect(named.length).toBeGreaterThan(3);
  for (const file of named) expect(there).toContain(`../../../models/tiny/${file}`);
});
