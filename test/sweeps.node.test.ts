import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import sweepText from '../graphs/cfg-sweep.weft.json?raw';
import { registry } from '../nodes/registry';
import { terminalHost } from '../src/cli/host';
import type { Notebook } from '../src/core/define-node';
import type { Device } from '../src/core/device';
import { type Document, parseDocument } from '../src/core/document';
import { OutputCache } from '../src/engine/cache';
import { RunControl } from '../src/engine/control';
import { createNodeDevice } from '../src/engine/device/node';
import type { RunEvent } from '../src/engine/events';
import { keptCells } from '../src/engine/kept-cells';
import { plan } from '../src/engine/plan';
import { run } from '../src/engine/run';
import { TensorUse } from '../src/engine/tensor-use';

const program = fileURLToPath(new URL('..', import.meta.url));

/** The template with three scales and two seeds, two steps each: six cells. */
function sweep(): Document {
  const document = parseDocument(sweepText);
  const params = (id: string) => document.nodes.find((node) => node.id === id)?.params ?? {};
  Object.assign(params('scheduler'), { steps: 2 });
  Object.assign(params('scales'), { values: '1, 5, 7.5' });
  Object.assign(params('noise'), { width: 64, height: 64 });
  return {
    ...document,
    nodes: [
      ...document.nodes,
      { id: 'seeds', type: 'lists/integer-list', version: 1, at: [0, 0], params: { values: '42, 43' }, title: 'Seed' },
    ],
    wires: [...document.wires, { from: ['seeds', 'integers'], to: ['noise', 'seed'] }],
  };
}

let device: Device;
beforeAll(async () => {
  device = await createNodeDevice();
});

/** An engine that was just started: its cache is empty, and what it keeps lies in `pages`. */
function engine(pages: Map<string, Uint8Array<ArrayBuffer>>) {
  const use = new TensorUse(device);
  const cache = new OutputCache(use, { gpu: 0, host: 2 ** 28 });
  const notebook: Notebook = {
    read: async (key) => pages.get(key),
    write: async (key, bytes) => !!pages.set(key, bytes),
  };
  const kept = keptCells(device, notebook, async () => 'this program');
  const host = terminalHost({ beside: '.', out: 'out', document: '', program });
  return {
    use,
    cache,
    async run(document: Document, onEvent: (event: RunEvent, control: RunControl) => void = () => {}) {
      const events: RunEvent[] = [];
      const control = new RunControl();
      const emit = (event: RunEvent) => {
        events.push(event);
        onEvent(event, control);
      };
      const outcome = await run(plan(document, registry), { device, host, use, control, emit, kept }, cache);
      const runs = Object.fromEntries(events.flatMap((e) => (e.type === 'done' ? [[e.node, e.runs]] : [])));
      const shown = events.findLast((event) => event.type === 'shown');
      return { outcome, events, runs, shown };
    },
  };
}

test('a sweep runs what lies before the fork once, and its cells appear one by one as they finish', async () => {
  const { run } = engine(new Map());
  const { events, runs, shown } = await run(sweep());
  expect(shown?.axes.map(({ title, labels, values }) => [title, labels, values])).toEqual([
    ['Seed', ['42', '43'], { integers: [42, 43] }],
    ['CFG', ['1', '5', '7.5'], { numbers: [1, 5, 7.5] }],
  ]);
  expect(runs).toMatchObject({ checkpoint: 1, 'positive-text': 1, 'negative-text': 1, scheduler: 1, noise: 2 });
  expect(runs).toMatchObject({ 'unet-prompt': 12, 'unet-negative': 12, cfg: 12, sampler: 12, end: 6, decode: 6 });

  // Between the pictures of two cells lie the evaluations of one: 2 steps.
  const story = events.flatMap((event) => {
    if (event.type === 'cell') return [`cell ${event.at}`];
    return event.type === 'progress' && event.node === 'unet-prompt' ? ['step'] : [];
  });
  expect(story).toEqual([0, 1, 2, 3, 4, 5].flatMap((at) => ['step', 'step', `cell ${at}`]));
  // What came as cells is what is shown in the end.
  for (const event of events)
    if (event.type === 'cell') expect(event.pictures[0]?.pixels).toEqual(shown?.pictures[event.at]?.pixels);
});

test('a sweep that was stopped goes on after a restart: only the missing cells are computed, and they are the same', async () => {
  const whole = await engine(new Map()).run(sweep());
  const pages = new Map<string, Uint8Array<ArrayBuffer>>();
  const first = await engine(pages).run(sweep(), (event, control) => {
    if (event.type === 'cell' && event.at === 3) control.cancel();
  });
  expect(first.outcome).toBe('cancelled');

  const again = engine(pages);
  const second = await again.run(sweep());
  expect(second.outcome).toBe('done');
  expect(second.runs).toMatchObject({ 'unet-prompt': 4, end: 2, decode: 6 });
  expect(second.shown?.pictures).toEqual(whole.shown?.pictures);
  // What is there is shown before anything is computed.
  const story = second.events.flatMap((event): (number | string)[] => {
    if (event.type === 'cell') return [event.at];
    return event.type === 'started' && event.node === 'unet-prompt' ? ['starts'] : [];
  });
  expect(story).toEqual([0, 1, 2, 3, 'starts', 4, 5]);
  again.cache.clear();
  expect(again.use.size).toBe(0);

  // Another number is another cell; a page that was damaged counts for nothing.
  const [name = ''] = pages.keys();
  pages.set(name, (pages.get(name) as Uint8Array<ArrayBuffer>).slice(0, -3));
  const third = await engine(pages).run(sweep());
  expect(third.runs).toMatchObject({ 'unet-prompt': 2, end: 1 });
  const other = sweep();
  Object.assign(other.nodes.find(({ id }) => id === 'prompt')?.params ?? {}, { text: 'a cat' });
  expect((await engine(pages).run(other)).runs).toMatchObject({ 'unet-prompt': 12 });
});
