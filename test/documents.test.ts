import { expect, test } from 'vitest';
import { registry } from '../nodes/registry';
import schemaFile from '../public/weft-1.schema.json?raw';
import { parseDocument, writeDocument } from '../src/core/document';
import { documentSchemaText } from '../src/core/document-schema';
import { migrateNodes } from '../src/core/migrate';
import { isInactive } from '../src/engine/active';
import { findProblems } from '../src/engine/problems/find-problems';

/** As older Wefts wrote them; the number is the version of the format. None of them is ever changed. */
const documents = import.meta.glob<string>('./fixtures/documents/*.weft.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const strange = Object.entries(documents).find(([file]) => file.includes('strange'))?.[1] ?? '';

test.each(Object.entries(documents).filter(([, text]) => text !== strange))(
  '%s opens without a problem, and is stable from then on',
  (_, text) => {
    const { document } = migrateNodes(parseDocument(text), registry);
    const targets = document.nodes.filter((node) => !isInactive(node)).map(({ id }) => id);
    const { found } = findProblems(document, registry, { targets });
    expect(found.filter(({ hint }) => !hint)).toEqual([]);
    const written = writeDocument(document);
    expect(writeDocument(parseDocument(written))).toBe(written);
    const { nodes, wires } = JSON.parse(text);
    expect([document.nodes.length, document.wires.length]).toEqual([nodes.length, wires.length]);
  },
);

test('unknown nodes, also in subgraphs, and models that are not here keep all that is known of them', () => {
  const { document, changed } = migrateNodes(parseDocument(strange), registry);
  expect(changed).toEqual([]);
  expect(JSON.parse(writeDocument(document))).toEqual(JSON.parse(strange));
  const { found } = findProblems(document, registry, { targets: ['preview'] });
  const sentences = found.map(({ what }) => what).join('\n');
  expect(sentences).toContain('gone/forever');
});

test('the published JSON Schema is that of this version: node src/cli/weft.mjs schema > public/weft-1.schema.json', () => {
  expect(schemaFile).toBe(documentSchemaText());
  expect(JSON.parse(schemaFile).$id).toBe('weft-1.schema.json');
});
