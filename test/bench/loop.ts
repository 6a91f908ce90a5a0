import { registry } from '../../nodes/registry';
import type { Host } from '../../src/core/define-node';
import type { Device } from '../../src/core/device';
import type { Document } from '../../src/core/document';
import { OutputCache } from '../../src/engine/cache';
import { RunControl } from '../../src/engine/control';
import { plan } from '../../src/engine/plan';
import { run } from '../../src/engine/run';
import { TensorUse } from '../../src/engine/tensor-use';

export interface LoopFigures {
  /** Milliseconds from the first evaluation's start to the zone's end, and of that inside `session.run`. */
  readonly loop: number;
  readonly sessions: number;
  /** Milliseconds of the whole run, from prompt to picture. */
  readonly whole: number;
}

export const withParameter = (document: Document, id: string, name: string, value: string | number): Document => ({
  ...document,
  nodes: document.nodes.map((node) => (node.id === id ? { ...node, params: { ...node.params, [name]: value } } : node)),
});

/** Draws one picture with what `cache` and the device's sessions already hold. */
async function measurePicture(device: Device, host: Host, graph: Document, cache: OutputCache, use: TensorUse) {
  let began = { at: 0, spent: 0 };
  let ended = began;
  let whole = 0;
  const now = () => ({ at: performance.now(), spent: device.spent.milliseconds });
  const outcome = await run(
    plan(graph, registry),
    {
      device,
      host,
      use,
      control: new RunControl(),
      emit(event) {
        if (event.type === 'started' && event.node === 'start') began = now();
        if (event.type === 'done' && event.node === 'end') ended = now();
        if (event.type === 'finished') whole = event.milliseconds;
        if (event.type === 'failed') throw new Error(event.problem.what);
      },
    },
    cache,
  );
  if (outcome !== 'done') throw new Error(`The run ended as ${outcome}.`);
  return { loop: ended.at - began.at, sessions: ended.spent - began.spent, whole } satisfies LoopFigures;
}

/** The graph with another seed and prompt, so that nothing but sessions and model handles is reused. */
const variant = (document: Document, i: number): Document =>
  withParameter(withParameter(document, 'noise', 'seed', i), 'prompt', 'text', `a red car on a beach ${i}`);

/** Runs a text-to-image graph once to warm up, then `times` with a new seed and prompt each. */
export async function measureLoop(
  device: Device,
  host: Host,
  document: Document,
  times: number,
): Promise<LoopFigures[]> {
  const use = new TensorUse(device);
  const cache = new OutputCache(use, { gpu: 2 ** 29, host: 2 ** 29 });
  const figures: LoopFigures[] = [];
  for (let i = 0; i <= times; i++) {
    const figure = await measurePicture(device, host, variant(document, i), cache, use);
    if (i > 0) figures.push(figure);
  }
  return figures;
}

/** Milliseconds of a picture, and of that inside `session.run` of all its networks. */
export interface PictureFigures {
  readonly whole: number;
  readonly sessions: number;
}

/**
 * The first two pictures of 20 steps on a new device: the first one loads the model and makes its sessions, the second
 * finds them there. `makeDevice` is part of the first.
 */
export async function measureFirstPictures(
  makeDevice: () => Promise<Device>,
  host: Host,
  document: Document,
): Promise<PictureFigures[]> {
  let began = performance.now();
  const device = await makeDevice();
  const use = new TensorUse(device);
  const cache = new OutputCache(use, { gpu: 2 ** 29, host: 2 ** 29 });
  const figures: PictureFigures[] = [];
  for (const i of [0, 1]) {
    const before = device.spent.milliseconds;
    await measurePicture(device, host, withParameter(variant(document, i), 'scheduler', 'steps', 20), cache, use);
    const ended = performance.now();
    figures.push({ whole: ended - began, sessions: device.spent.milliseconds - before });
    began = ended;
  }
  cache.clear();
  await device.release();
  return figures;
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
