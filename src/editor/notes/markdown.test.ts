import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, markdown, type Span } from './markdown';

const paragraph = (...spans: Span[]): Block[] => [{ type: 'paragraph', spans }];

describe('a note', () => {
  it('has headings, paragraphs, lists, quotes and code', () => {
    expect(
      markdown('# Why two?\nOne sees\nthe prompt.\n\n- a\n- **b**\n\n1. x\n2. y\n> said\n```\n# code\n```\nend'),
    ).toEqual([
      { type: 'heading', level: 1, spans: ['Why two?'] },
      { type: 'paragraph', spans: ['One sees\nthe prompt.'] },
      { type: 'list', ordered: false, items: [['a'], [{ type: 'strong', spans: ['b'] }]] },
      { type: 'list', ordered: true, items: [['x'], ['y']] },
      { type: 'quote', spans: ['said'] },
      { type: 'code', text: '# code' },
      { type: 'paragraph', spans: ['end'] },
    ]);
  });

  it('marks words in a line', () => {
    expect(markdown('a *b* `c*d*` [e](https://example.org/f)')).toEqual(
      paragraph('a ', { type: 'emphasis', spans: ['b'] }, ' ', { type: 'code', text: 'c*d*' }, ' ', {
        type: 'link',
        address: 'https://example.org/f',
        text: 'e',
      }),
    );
  });

  it('shows a picture that comes with Weft by its name, and none by an address', () => {
    expect(markdown('Look:\n![before, after](teach-a-word)')).toEqual([
      ...paragraph('Look:'),
      { type: 'picture', name: 'teach-a-word', text: 'before, after' },
    ]);
    for (const address of ['https://example.org/a.png', '../a.webp', '//a', 'data:image/png,']) {
      expect(markdown(`![x](${address})`).some(({ type }) => type === 'picture')).toBe(false);
    }
  });

  it.each([
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](data:text/html,x)',
    '2 * 3 * 4',
    '**',
    '`',
  ])('shows %j as it is', (text) => expect(markdown(text)).toEqual(paragraph(text)));

  it('loses no letter of a text without marks, and ends whatever the text is', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'ab#*`[]()>-1. \n') }), (text) => void markdown(text)));
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z ]*[a-z][a-z ]*$/), (text) => {
        expect(markdown(text)).toEqual(paragraph(text));
      }),
    );
  });
});
