import { createHash } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { registry } from '../nodes/registry';
import { terminalHost } from '../src/cli/host';
import { type Document, parseDocument, writeDocument } from '../src/core/document';
import { parametersOf } from '../src/core/parameters';
import { OutputCache } from '../src/engine/cache';
import { RunControl } from '../src/engine/control';
import { createNodeDevice } from '../src/engine/device/node';
import { plan } from '../src/engine/plan';
import { chromeTrace } from '../src/engine/profile/chrome-trace';
import type { Profile } from '../src/engine/profile/profile';
import { Profiler } from '../src/engine/profile/profiler';
import { run } from '../src/engine/run';
import { TensorUse } from '../src/engine/tensor-use';
import { Sketch } from './picture-graphs';

const program = fileURLToPath(new URL('..', import.meta.url));
const beside = path.join(program, 'test/reference');

const scheduler = registry.get('sampling/scheduler');
const samplers = scheduler ? (parametersOf(scheduler).find(({ name }) => name === 'sampler')?.options ?? []) : [];
const prompts = ['a red car on a beach', 'a (fox:1.3) in the snow', 'coffee, neon', ''];
const sizes = [
  [64, 64],
  [96, 64],
  [64, 80],
] as const;

/** A graph that differs from its neighbours in sampler, seed, scale, prompt, size, count and where it starts from. */
function graphOf(i: number): Document {
  const [width = 64, height = 64] = sizes[i % sizes.length] ?? [];
  const fromPicture = i % 5 === 4;
  const count = i % 7 === 6 ? 2 : 1;
  const sketch = new Sketch({
    prompt: { text: prompts[i % prompts.length] ?? '' },
    negative: { text: i % 3 === 1 ? 'blurred' : '' },
    noise: { seed: 1000 * i + 7, width, height, count },
    scheduler: {
      sampler: samplers[i % samplers.length] ?? 'euler',
      steps: 2,
      ...(fromPicture && { strength: 0.5 }),
      ...(samplers[i % samplers.length] === 'dpmpp-2m' && { sigmas: 'karras' }),
    },
    cfg: { scale: [1, 5, 7.5, 12][i % 4] ?? 5 },
  });
  if (fromPicture)
    sketch
      .add('load', 'image/load-image', {}, { file: 'pictures/start.png' })
      .add('picture', 'image/resize-image', { image: 'load.image' }, { width, height })
      .add('encode', 'image/vae-encode', { vae: 'checkpoint.vae', image: 'picture.image' }, { take: 'sample', seed: i })
      .add('repeated', 'latent/repeat', { latent: 'encode.latent' }, { count })
      .wire('repeated.latent', 'start.picture');
  return sketch.document;
}

/** SHA-256 of each picture that the graphs show, with one device and one cache for all. */
async function pass(graphs: readonly Document[], watched?: (profile: Profile) => void): Promise<string[][]> {
  const device = await createNodeDevice();
  const use = new TensorUse(device);
  const cache = new OutputCache(use, { gpu: 0, host: 2 ** 26 });
  const hashes: string[][] = [];
  for (const document of graphs) {
    const profiler = watched && new Profiler(device);
    const own: string[] = [];
    const problems: string[] = [];
    await run(
      plan(document, registry),
      {
        device,
        host: terminalHost({ beside, out: 'out', document: '', program }),
        use,
        control: new RunControl(),
        profiler,
        emit(event) {
          if (event.type === 'failed') problems.push(`${event.node}: ${event.problem.what}`);
          if (event.type === 'shown')
            for (const { pixels } of event.pictures) own.push(createHash('sha256').update(pixels).digest('hex'));
        },
      },
      cache,
    );
    expect(problems).toEqual([]);
    hashes.push(own);
    if (profiler) watched?.(profiler.end());
  }
  cache.clear();
  expect(device.owned).toMatchObject({ tensors: 0, bytes: 0 });
  await device.release();
  expect(device.owned.weights).toBe(0);
  return hashes;
}

test('50 runs of different graphs give the same pixels again, from what is kept of them, in another order and on a device of their own', async () => {
  const graphs = Array.from({ length: 50 }, (_, i) => graphOf(i));
  const kept = graphs.map(writeDocument);
  const first = await pass(graphs);
  const again = await pass(kept.map(parseDocument).toReversed());
  expect(again.toReversed()).toEqual(first);
  const all = first.flat();
  expect(all.length).toBeGreaterThan(50);
  // No two settings give one picture, so equal hashes mean something.
  expect(new Set(all).size).toBe(all.length);
}, 120_000);

test('a profile accounts for the time and the memory of a run, and is a trace that other programs open', async () => {
  const profiles: Profile[] = [];
  await pass([graphOf(0), graphOf(0)], (profile) => profiles.push(profile));
  const [profile, cached] = profiles as [Profile, Profile];
  const of = (kind: string) => profile.spans.filter((span) => span.kind === kind);
  const sum = (spans: readonly { readonly milliseconds: number }[]) =>
    spans.reduce((all, { milliseconds }) => all + milliseconds, 0);

  const steps = of('node').filter(({ name }) => name === 'unet-prompt');
  expect(steps.map(({ evaluation, zone }) => [evaluation, zone])).toEqual([
    [0, 'start'],
    [1, 'start'],
  ]);
  // What runs lies within the run and fills most of it; networks lie within their nodes.
  for (const { begin, milliseconds } of profile.spans) {
    expect(begin).toBeGreaterThanOrEqual(0);
    expect(begin + milliseconds).toBeLessThanOrEqual(profile.milliseconds + 1);
  }
  expect(sum(of('node'))).toBeGreaterThan(0.5 * profile.milliseconds);
  expect(sum(of('session')) + sum(of('load'))).toBeLessThanOrEqual(sum(of('node')) + 1);
  const decode = of('node').find(({ name }) => name === 'decode');
  const network = of('session').find(({ node }) => node === 'decode');
  expect(decode && network && network.begin >= decode.begin).toBe(true);
  expect(new Set(of('load').map(({ name }) => name)).size).toBe(of('load').length);

  const largest = Math.max(...profile.memory.map(({ bytes }) => bytes));
  expect(largest).toBeGreaterThan(64 * 64 * 3 * 4);
  const picture = profile.nodes.find(({ node }) => node === 'decode');
  expect(picture?.left).toBe(64 * 64 * 3 * 4);
  // What shows a picture is asked each time; all else is in the cache.
  expect(cached.spans.filter(({ kind }) => kind === 'node').map(({ name }) => name)).toEqual(['preview']);
  expect(cached.spans.some(({ kind }) => kind === 'session' || kind === 'load')).toBe(false);

  const { traceEvents } = chromeTrace(profile, (node) => `title of ${node}`);
  const complete = traceEvents.filter(({ ph }) => ph === 'X');
  expect(complete).toHaveLength(profile.spans.length);
  expect(complete.every(({ ts = -1, dur = -1, tid }) => ts >= 0 && dur >= 0 && tid > 0)).toBe(true);
  expect(complete.some(({ name }) => name === 'title of decode')).toBe(true);
});
