import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import gallery from '../graphs/gallery.json';
import { registry } from '../nodes/registry';
import { terminalHost } from '../src/cli/host';
import type { Device } from '../src/core/device';
import { type DocumentNode, parseDocument, writeDocument } from '../src/core/document';
import { migrateNodes } from '../src/core/migrate';
import { OutputCache } from '../src/engine/cache';
import { RunControl } from '../src/engine/control';
import { createNodeDevice } from '../src/engine/device/node';
import type { RunEvent } from '../src/engine/events';
import { plan } from '../src/engine/plan';
import { run } from '../src/engine/run';
import { TensorUse } from '../src/engine/tensor-use';

const program = fileURLToPath(new URL('..', import.meta.url));
const graphs = import.meta.glob<string>('../graphs/*.weft.json', { query: '?raw', import: 'default', eager: true });

let device: Device;
beforeAll(async () => {
  device = await createNodeDevice();
});

test.each(Object.entries(graphs))(
  '%s is written as it is kept, and runs with the embedded model',
  async (file, text) => {
    const { document, changed } = migrateNodes(parseDocument(text), registry);
    expect(changed).toEqual([]);
    expect(writeDocument(document)).toBe(text);
    expect(existsSync(path.join(program, 'models/tiny/model/model_index.json'))).toBe(true);

    // Three steps, and two items of each list, are enough to see that everything runs.
    const few = (node: DocumentNode) => {
      const { values, lines, classPrompts } = node.params;
      if (node.type === 'training/training-pictures') {
        const two = String(classPrompts ?? '')
          .split('\n')
          .slice(0, 2)
          .join('\n');
        return { ...node, params: { ...node.params, mirror: false, classPrompts: two } };
      }
      if (node.type === 'sampling/scheduler') return { ...node, params: { ...node.params, steps: 3 } };
      if (node.type.startsWith('training/learn-')) return { ...node, params: { ...node.params, steps: 2, batch: 1 } };
      if (node.type === 'subgraph/sampler') return { ...node, params: { ...node.params, steps: 3 } };
      if (node.type === 'lists/range') return { ...node, params: { ...node.params, count: 2 } };
      if (typeof values === 'string') return { ...node, params: { values: values.split(', ').slice(0, 2).join(', ') } };
      if (node.type === 'lists/text-list' && typeof lines === 'string')
        return { ...node, params: { lines: lines.split('\n').slice(0, 2).join('\n') } };
      return node;
    };
    const short = { ...document, nodes: document.nodes.map(few) };
    const events: RunEvent[] = [];
    const use = new TensorUse(device);
    const outcome = await run(
      plan(short, registry),
      {
        device,
        host: terminalHost({ beside: path.dirname(file), out: 'out', document: '', program }),
        use,
        control: new RunControl(),
        emit: (event) => events.push(event),
      },
      new OutputCache(use, { gpu: 0, host: 2 ** 28 }),
    );
    expect(events.filter((event) => event.type === 'failed')).toEqual([]);
    expect(outcome).toBe('done');
    const shown = events.filter((event) => event.type === 'shown');
    expect(shown.length).toBeGreaterThan(0);
    for (const { axes, pictures } of shown) {
      expect(pictures).toHaveLength(axes.reduce((count, axis) => count * axis.labels.length, 1));
      // A picture has something on it: its pixels, without their opacity, are not all alike. Lines are black and white.
      for (const { pixels } of pictures) expect(new Set(pixels.filter((_, i) => i % 4 < 3)).size).toBeGreaterThan(1);
    }
  },
);

test('each template has a picture of at most 12 kB, an idea, and a note that tells it; what the gallery names exists', () => {
  const named = gallery.map(({ id }) => `../graphs/${id}.weft.json`).sort();
  expect(named).toEqual(Object.keys(graphs).sort());
  for (const { id, idea, tags, about } of gallery) {
    const picture = path.join(program, `graphs/pictures/${id}.webp`);
    expect(statSync(picture).size, id).toBeLessThanOrEqual(12_000);
    expect(idea, id).toMatch(/^[A-Z].*\.$/);
    expect(tags.length, id).toBeGreaterThan(0);
    expect(
      about.filter((type) => !registry.has(type)),
      id,
    ).toEqual([]);
    const { notes = [] } = parseDocument(graphs[`../graphs/${id}.weft.json`] ?? '');
    expect(notes[0]?.text, id).toMatch(/^\*\*.+\*\*\n./);
  }
});
