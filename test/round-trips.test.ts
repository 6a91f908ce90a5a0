import 'fake-indexeddb/auto';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Document, emptyDocument, parseDocument, writeDocument } from '../src/core/document';
import { kinds } from '../src/core/kinds';
import { describedJpeg } from '../src/formats/jpeg';
import { encodePng } from '../src/formats/png';
import { describedWebp } from '../src/formats/webp';
import { openGraph } from '../src/interop/import-file';
import { documentOfLink, linkOf } from '../src/interop/link';
import { database } from '../src/storage/database';
import { keepDocument, keptDocument } from '../src/storage/documents';
import { exportLibrary, importLibrary } from '../src/storage/library-file';

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`reference/picture-texts/${name}`, import.meta.url)));
const plain = { webp: fixture('plain.webp'), jpeg: fixture('plain.jpg') };
const picture = { width: 2, height: 1, data: new Float32Array(6) };

/** Half of a pair is no character, and no file keeps it. */
const text = (maxLength: number) =>
  fc.string({ unit: 'binary', maxLength }).map((one) => new TextDecoder().decode(new TextEncoder().encode(one)));
const name = fc.stringMatching(/^[a-z][a-zA-Z0-9_.-]{0,20}$/).filter((one) => !/^(constructor|prototype)$/.test(one));
const coordinate = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((one) => one + 0);
const point = fc.tuple(coordinate, coordinate);
const color = fc.stringMatching(/^#[0-9a-f]{6}$/);
/** JSON has no minus zero, and a key that reaches for the prototype is dropped. */
const json = fc
  .jsonValue({ maxDepth: 4 })
  .map((value) => JSON.parse(JSON.stringify(value).replaceAll('"__proto__":', '"proto":')));

const nodes = fc.uniqueArray(
  fc.record(
    {
      id: name,
      type: fc.constantFrom('text/prompt', 'sampling/cfg-combine', 'who/knows'),
      version: fc.integer({ min: 1, max: 1_000_000 }),
      at: point,
      params: fc.dictionary(name, json, { maxKeys: 4 }),
      title: text(90),
      exposed: fc.array(name, { maxLength: 3 }),
      size: point,
      color,
      collapsed: fc.boolean(),
      muted: fc.boolean(),
      bypassed: fc.boolean(),
      rolls: fc.dictionary(name, fc.constantFrom('random', 'increment', 'decrement'), { maxKeys: 2 }),
      foreign: json,
    },
    { requiredKeys: ['id', 'type', 'version', 'at', 'params'] },
  ),
  { selector: ({ id }) => id, maxLength: 10 },
);

/** Wires, frames and notes for some nodes. No notes are no list of notes. */
const contents = nodes
  .chain((some) => {
    const end = fc.tuple(some.length ? fc.constantFrom(...some.map(({ id }) => id)) : name, name);
    const wire = fc.record(
      { from: end, to: end, via: fc.array(point, { minLength: 1, maxLength: 4 }), foreign: json },
      { requiredKeys: ['from', 'to'] },
    );
    // No two parts have the same id; those of nodes begin with a small letter.
    const box = (prefix: string) => ({ id: name.map((one) => `${prefix}${one}`), at: point, size: point });
    return fc.record({
      nodes: fc.constant(some),
      wires: fc.uniqueArray(wire, { selector: ({ to }) => to.join(' '), maxLength: some.length ? 8 : 0 }),
      zones: fc.constant([]),
      frames: fc.uniqueArray(
        fc.record({ ...box('F'), title: text(60), color }, { requiredKeys: ['id', 'title', 'at', 'size'] }),
        {
          selector: ({ id }) => id,
          maxLength: 3,
        },
      ),
      notes: fc.uniqueArray(fc.record({ ...box('N'), text: text(400) }), { selector: ({ id }) => id, maxLength: 3 }),
    });
  })
  .map(({ notes, ...rest }) => (notes.length ? { ...rest, notes } : rest));

const border = ['inputs', 'outputs'].map((id) => ({ id, type: `subgraph/${id}`, version: 1, at: [0, 0], params: {} }));

/** Any graph: whatever its nodes are, with texts of any characters, half of them with a subgraph. */
const documents: fc.Arbitrary<Document> = fc
  .record(
    {
      name: text(90),
      content: contents,
      view: fc.record({ at: point, zoom: fc.double({ min: 0.01, max: 10, noNaN: true }) }),
      inside: contents,
      kind: fc.constantFrom(...Object.keys(kinds)),
    },
    { requiredKeys: ['name', 'content', 'kind'] },
  )
  .map(({ name: title, content, view, inside, kind }) => {
    const own = inside?.nodes.filter(({ id }) => id !== 'inputs' && id !== 'outputs') ?? [];
    const known = new Set(own.map(({ id }) => id));
    const wires = inside?.wires.filter(({ from, to }) => known.has(from[0]) && known.has(to[0])) ?? [];
    const port = { name: 'any', kind };
    const subgraph = {
      ...inside,
      id: 'some',
      title: 'Some',
      inputs: [port],
      outputs: [port],
      params: [],
      nodes: [...border, ...own],
      wires,
    };
    const made = {
      ...emptyDocument('graph', title),
      ...content,
      ...(view && { view }),
      ...(inside && { subgraphs: [subgraph] }),
    };
    return made as unknown as Document;
  });

/** Ways out of Weft and back. */
const ways: Readonly<Record<string, (document: Document) => Document | undefined | Promise<Document | undefined>>> = {
  file: (document) => parseDocument(writeDocument(document)),
  'file, opened as any file is': (document) => opened(new TextEncoder().encode(writeDocument(document))),
  link: async (document) => documentOfLink(await linkOf(document)),
  PNG: (document) => opened(encodePng(picture, { weft: writeDocument(document) })),
  WebP: (document) => opened(describedWebp(plain.webp, `weft:${writeDocument(document)}`)),
  JPEG: (document) => opened(describedJpeg(plain.jpeg, `weft:${writeDocument(document)}`)),
  async zip(document) {
    await emptied();
    await keepDocument(document);
    const file = await exportLibrary({ runs: false });
    await emptied();
    await importLibrary(file, String);
    return keptDocument(document.id);
  },
};

const opened = (bytes: Uint8Array) => openGraph(bytes, { id: 'x', title: 'x' })?.document;

async function emptied() {
  const db = await database();
  for (const store of db.objectStoreNames) await db.clear(store);
}

test.each(Object.entries(ways))('any graph comes back from a %s as it was', async (way, through) => {
  await fc.assert(
    fc.asyncProperty(documents, async (document) => {
      expect(await through(document)).toEqual(document);
    }),
    { numRuns: Number(process.env.WEFT_ROUND_TRIPS ?? (way === 'zip' ? 8 : 25)) },
  );
  await emptied();
});

test('each template comes back from all ways one after the other as it was', async () => {
  const folder = new URL('../graphs/', import.meta.url);
  for (const file of readdirSync(folder).filter((one) => one.endsWith('.weft.json'))) {
    const template = parseDocument(readFileSync(new URL(file, folder), 'utf8'));
    let document: Document | undefined = template;
    for (const through of Object.values(ways)) document = document && (await through(document));
    expect(document).toEqual(template);
  }
  await emptied();
});
