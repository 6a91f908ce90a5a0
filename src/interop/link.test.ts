import { readdirSync, readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Document, emptyDocument, parseDocument } from '../core/document';
import { ProblemError } from '../core/problem';
import { documentOfLink, linkOf } from './link';

const graphs = new URL('../../graphs/', import.meta.url);
const templates = readdirSync(graphs)
  .filter((name) => name.endsWith('.weft.json'))
  .map((name) => parseDocument(readFileSync(new URL(name, graphs), 'utf8')));

/** What is half of a pair is no character, and no file keeps it. */
const whole = (text: string): string => new TextDecoder().decode(new TextEncoder().encode(text));

const withNote = (name: string, text: string): Document => ({
  ...emptyDocument('linked', name),
  notes: [{ id: 'note', at: [0, 0], size: [200, 100], text }],
});

describe('a link', () => {
  test('gives each template back as it is', async () => {
    for (const template of templates) expect(await documentOfLink(await linkOf(template))).toEqual(template);
  });

  test('gives any text back as it is', () =>
    fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.string({ unit: 'binary' }),
        async (name, text) => {
          const graph = withNote(whole(name.slice(0, 200)), whole(text));
          expect(await documentOfLink(await linkOf(graph))).toEqual(graph);
        },
      ),
      { numRuns: 200 },
    ));

  test('is the deflated JSON in the letters that addresses take', async () => {
    const [graph] = templates;
    if (!graph) throw new Error('There is no template.');
    const link = await linkOf(graph);
    expect(link).toMatch(/^#graph=[A-Za-z0-9_-]+$/);
    const bytes = Buffer.from(link.slice('#graph='.length), 'base64url');
    expect(JSON.parse(inflateRawSync(bytes).toString())).toEqual(graph);
  });

  test('that is changed anywhere is a graph or a sentence, never anything else', async () => {
    const link = await linkOf(withNote('Small', 'A note'));
    await fc.assert(
      fc.asyncProperty(fc.nat(link.length - 1), fc.string({ maxLength: 3 }), async (at, put) => {
        const changed = link.slice(0, at) + put + link.slice(at + 1);
        try {
          expect((await documentOfLink(changed)).format).toBe('weft');
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(ProblemError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('that unpacks to more than a graph may have is let go of', async () => {
    const bomb = new Blob([new Uint8Array(40 * 2 ** 20)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    const packed = Buffer.from(await new Response(bomb).arrayBuffer()).toString('base64url');
    await expect(documentOfLink(`#graph=${packed}`)).rejects.toThrow('larger than 32 MB');
  });
});
