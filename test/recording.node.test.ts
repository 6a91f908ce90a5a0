import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import template from '../graphs/text-to-image.weft.json?raw';
import { registry } from '../nodes/registry';
import { terminalHost } from '../src/cli/host';
import { type Document, parseDocument } from '../src/core/document';
import { termsOf } from '../src/editor/scrubber/step-terms';
import { OutputCache } from '../src/engine/cache';
import { RunControl } from '../src/engine/control';
import { createNodeDevice } from '../src/engine/device/node';
import type { RunEvent } from '../src/engine/events';
import { plan } from '../src/engine/plan';
import { defaultSettings } from '../src/engine/recording/address';
import { decode } from '../src/engine/recording/decode';
import { LivePictures } from '../src/engine/recording/live-pictures';
import type { PlainValue } from '../src/engine/recording/plain';
import type { Recording } from '../src/engine/recording/recording';
import { Recordings } from '../src/engine/recording/recordings';
import { readSteps, writeSteps } from '../src/engine/recording/steps-file';
import { run } from '../src/engine/run';
import { TensorUse } from '../src/engine/tensor-use';
import { bytesInMemory } from '../src/formats/bytes';
import { openSafetensors, writeSafetensors } from '../src/formats/safetensors';
import { expectClose } from './closeness';

const program = fileURLToPath(new URL('..', import.meta.url));
const host = terminalHost({ beside: program, out: 'out', document: '', program });

const withParameters = (document: Document, id: string, params: Record<string, string | number>): Document => ({
  ...document,
  nodes: document.nodes.map((node) => (node.id === id ? { ...node, params: { ...node.params, ...params } } : node)),
});
const withSteps = (steps: number, sampler = 'dpmpp-2m') =>
  withParameters(parseDocument(template), 'scheduler', { steps, sampler });

const device = await createNodeDevice();
const use = new TensorUse(device);
const recordings = new Recordings();

interface Way {
  readonly cache?: OutputCache;
  /** The evaluation to go on with. */
  readonly from?: number;
  readonly emit?: (event: RunEvent) => void;
}

const noCache = () => new OutputCache(use, { gpu: 0, host: 0 });

async function ran(document: Document, { cache = noCache(), from, emit = () => {} }: Way = {}) {
  const recorder = recordings.begin(document.id, device, new LivePictures(emit));
  const resume = from === undefined ? undefined : { zone: 'end', evaluation: from, source: recorder };
  const scope = { device, host, use, control: new RunControl(), emit, recorder, resume };
  expect(await run(plan(document, registry), scope, cache)).toBe('done');
  recorder.settle(new Set(document.nodes.map(({ id }) => id)));
  return recorder;
}

const dataOf = (value: PlainValue | undefined): Float32Array => {
  if (!value || !('tensor' in value)) throw new Error('There is no tensor.');
  return value.tensor.data;
};

test('every value of the last run stays readable: the latents are those of diffusers, what was cached is still there', async () => {
  const cache = new OutputCache(use, { gpu: 0, host: 2 ** 26 });
  const recording = await ran(withSteps(2), { cache });
  const file = openSafetensors(
    bytesInMemory(await readFile(new URL('reference/embedded.safetensors', import.meta.url))),
  );
  const at = (node: string, port: string, evaluation?: number) =>
    recording.valueOf({ node, port, item: 0, ...(evaluation !== undefined && { evaluation }) });
  expectClose(dataOf(await at('end', 'latent')), file.read('latent.2'), 1e-3);
  expect(dataOf(await at('start', 'latent', 1))).toEqual(dataOf(await at('sampler', 'latent', 0)));
  expect(await at('start', 'step', 1)).toMatchObject({ kind: 'step', context: { index: 1, count: 2 } });
  expect(await at('checkpoint', 'unet')).toMatchObject({ kind: 'unet', title: expect.any(String) });
  const { ports, zones } = recordings.index('text-to-image');
  expect(zones).toMatchObject([{ start: 'start', end: 'end', axes: [] }]);
  expect(ports.find(({ node, port }) => node === 'cfg' && port === 'prediction')).toMatchObject({
    kind: 'prediction',
    evaluations: 2,
    held: Uint8Array.of(2, 2),
  });
  const picture = await decode(device, recording, { node: 'sampler', port: 'denoised', item: 0, evaluation: 1 }, 0);
  expect(picture).toMatchObject({ width: 128, height: 128 });

  // Nothing of the zone runs again, and yet its values are there.
  const again = await ran(withSteps(2), { cache });
  expect(dataOf(await again.valueOf({ node: 'cfg', port: 'prediction', item: 0, evaluation: 1 }))).toHaveLength(1024);

  // Another run takes the place of this one.
  await ran(withSteps(3), { cache });
  expect(recordings.index('text-to-image').ports.find(({ node }) => node === 'cfg')?.evaluations).toBe(3);
  recordings.close('text-to-image');
  expect(recordings.index('text-to-image').ports).toEqual([]);
  cache.clear();
  expect(use.size).toBe(0);
});

test('the recorded latents are those of diffusers after each step', async () => {
  const recording = await ran(withSteps(25));
  const file = openSafetensors(
    bytesInMemory(await readFile(new URL('reference/embedded.safetensors', import.meta.url))),
  );
  const after = file.read('after');
  const size = after.length / 8;
  for (let step = 0; step < 8; step++) {
    const latent = await recording.valueOf({ node: 'sampler', port: 'latent', item: 0, evaluation: step });
    expectClose(dataOf(latent), after.subarray(step * size, (step + 1) * size), 1e-3);
  }
});

/** All that the zone's nodes put out at an evaluation. */
async function valuesAt(recording: Recording, evaluation: number): Promise<PlainValue[]> {
  const addresses = recordings
    .index('text-to-image')
    .ports.filter((port) => port.evaluations > 1)
    .map(({ node, port }) => ({ node, port, item: 0, evaluation }));
  const values = await Promise.all(addresses.map((address) => recording.valueOf(address)));
  expect(values.length).toBeGreaterThan(5);
  return values.map((value) => value as PlainValue);
}

test.each(['euler-ancestral', 'dpmpp-3m-sde', 'lms', 'unipc', 'heun'])(
  'a run that goes on from a step is the full run bit for bit, multi-step samplers and their noise too: %s',
  async (sampler) => {
    const document = withSteps(6, sampler);
    const full = await ran(document);
    const [zone] = recordings.index(document.id).zones;
    const count = zone?.count ?? 0;
    expect(zone?.resumable).toEqual(Array.from({ length: count - 1 }, (_, i) => i + 1));
    const latent = dataOf(await full.valueOf({ node: 'end', port: 'latent', item: 0 })).slice();
    const wanted = await Promise.all(Array.from({ length: count }, (_, i) => valuesAt(full, i)));
    const progress: number[] = [];
    const emit = (event: RunEvent) => {
      if (event.type === 'progress' && event.node === 'sampler') progress.push(event.done);
    };
    const resumed = await ran(document, { from: 4, emit });
    expect(progress).toEqual(Array.from({ length: count - 4 }, (_, i) => i + 5));
    expect(dataOf(await resumed.valueOf({ node: 'end', port: 'latent', item: 0 }))).toEqual(latent);
    for (let i = 0; i < count; i++) expect(await valuesAt(resumed, i)).toEqual(wanted[i]);
    expect(use.size).toBe(0);
  },
);

test('a run goes on with another CFG: what was before stays, what follows differs, and every node that depends on it knows', async () => {
  const cache = new OutputCache(use, { gpu: 0, host: 2 ** 26 });
  const document = withSteps(6);
  const full = await ran(document, { cache });
  const [before, after] = [await valuesAt(full, 2), await valuesAt(full, 5)];
  const changed = withParameters(document, 'cfg', { scale: 12 });
  const resumed = await ran(changed, { cache, from: 3 });
  const latent = dataOf(await resumed.valueOf({ node: 'end', port: 'latent', item: 0 }));
  expect(await valuesAt(resumed, 2)).toEqual(before);
  expect(await valuesAt(resumed, 5)).not.toEqual(after);
  // The graph with that CFG from the beginning makes another picture, and is not taken for this one.
  const other = await ran(changed, { cache });
  expect(dataOf(await other.valueOf({ node: 'end', port: 'latent', item: 0 }))).not.toEqual(latent);
  cache.clear();
  expect(use.size).toBe(0);
});

test('a zone does not go on with another number of steps, and says so', async () => {
  await ran(withSteps(4));
  const problems: string[] = [];
  const emit = (event: RunEvent) => event.type === 'failed' && problems.push(event.problem.what);
  await expect(ran(withSteps(5), { from: 2, emit })).rejects.toThrow();
  expect(problems).toEqual(['The earlier run had 4 steps, this one has 5: it cannot go on from one of them.']);
});

test('where the budget is full, fewer evaluations are held whole and of the others small pictures', async () => {
  const shown: number[] = [];
  const emit = (event: RunEvent) => {
    if (event.type === 'pictured') shown.push(...event.pictures.map(({ evaluation }) => evaluation));
  };
  recordings.close('text-to-image');
  recordings.settings = { every: 1, memory: 600_000, disk: 0 };
  const recording = await ran(withSteps(24), { emit });
  const index = recordings.index('text-to-image');
  expect(index.bytes.memory).toBeLessThan(1.2 * 600_000);
  expect(index.kept).toMatchObject({ thinned: true, every: 4, nothing: 0 });
  const cfg = index.ports.find(({ node }) => node === 'cfg');
  expect([...(cfg?.held ?? [])]).toEqual(Array.from({ length: 24 }, (_, i) => (i % 4 === 0 || i === 23 ? 2 : 1)));
  expect(await recording.valueOf({ node: 'cfg', port: 'prediction', item: 0, evaluation: 3 })).toBeUndefined();
  expect(await recording.previewOf({ node: 'cfg', port: 'prediction', item: 0, evaluation: 3 }, 64)).toMatchObject({
    width: 16,
    height: 16,
  });
  // All of them were told while it ran.
  expect(shown).toEqual(Array.from({ length: 24 }, (_, i) => i));

  recordings.settings = { every: 0, memory: 600_000, disk: 0 };
  await ran(withSteps(4));
  const previews = recordings.index('text-to-image');
  expect(previews.zones[0]?.resumable).toEqual([]);
  expect([...(previews.ports.find(({ node }) => node === 'cfg')?.held ?? [])]).toEqual([1, 1, 1, 1]);
  recordings.settings = defaultSettings;
});

test.each(['dpmpp-2m', 'lms', 'unipc', 'heun', 'euler-ancestral'])(
  'the formula of each step, with its numbers and names, makes of the recorded values the recorded next latent: %s',
  async (sampler) => {
    const recording = await ran(withSteps(5, sampler));
    const at = (node: string, port: string, evaluation: number) =>
      recording.valueOf({ node, port, item: 0, evaluation }).then(dataOf);
    const schedule = await recording.valueOf({ node: 'scheduler', port: 'schedule', item: 0 });
    if (schedule?.kind !== 'schedule') throw new Error('There is no schedule.');
    const { steps } = schedule.schedule;
    let proved = 0;
    for (const step of steps.keys()) {
      const terms = termsOf(steps, step, 'v_prediction');
      expect(terms.length).toBeGreaterThan(0);
      const tensors = await Promise.all(
        terms.map(({ letter, index }) => {
          if (letter === 'D' && index !== undefined) return at('sampler', 'denoised', index - 1);
          return letter === 'x' ? at('start', 'latent', (index ?? step + 1) - 1) : undefined;
        }),
      );
      // Fresh noise and noise that was seen are on no wire.
      if (tensors.includes(undefined)) continue;
      proved += 1;
      const next = await at('sampler', 'latent', step);
      const sums = next.map((_, i) => terms.reduce((sum, { weight }, t) => sum + weight * (tensors[t]?.[i] ?? 0), 0));
      expectClose(sums, next, 1e-5);
    }
    if (sampler === 'dpmpp-2m') expect(proved).toBe(5);
  },
);

test('the terminal keeps the steps of a run in a file, from which another goes on bit for bit', async () => {
  const document = withSteps(5, 'dpmpp-2m');
  const full = await ran(document);
  const latent = dataOf(await full.valueOf({ node: 'end', port: 'latent', item: 0 })).slice();
  const bytes = await writeSteps(full, recordings.blocks);
  recordings.close(document.id);
  const source = readSteps(bytes);
  expect(source.zones).toEqual(['end']);
  const recorder = recordings.begin(document.id, device);
  const resume = { zone: 'end', evaluation: 3, source };
  const scope = { device, host, use, control: new RunControl(), emit: () => {}, recorder, resume };
  expect(await run(plan(document, registry), scope, noCache())).toBe('done');
  expect(dataOf(await recorder.valueOf({ node: 'end', port: 'latent', item: 0 }))).toEqual(latent);
  expect(recordings.index(document.id).ports.find(({ node }) => node === 'cfg')?.evaluations).toBe(2);
  expect(() => readSteps(writeSafetensors({ a: { shape: [1], data: new Float32Array(1) } }))).toThrow(
    'This file does not hold the steps of a run.',
  );
});
