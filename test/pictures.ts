import { afterAll, beforeAll, expect, test } from 'vitest';
import { registry } from '../nodes/registry';
import type { Host } from '../src/core/define-node';
import type { Device, Tensor } from '../src/core/device';
import type { Document } from '../src/core/document';
import { itemCount } from '../src/core/many';
import { modelName } from '../src/core/model-reference';
import { OutputCache } from '../src/engine/cache';
import { RunControl } from '../src/engine/control';
import { plan } from '../src/engine/plan';
import { Recordings } from '../src/engine/recording/recordings';
import { run } from '../src/engine/run';
import { TensorUse, tensorsIn } from '../src/engine/tensor-use';
import { bytesInMemory } from '../src/formats/bytes';
import { decodePng } from '../src/formats/png';
import { openSafetensors } from '../src/formats/safetensors';
import { expectClose } from './closeness';
import { caseNames, graphFor } from './picture-graphs';

/** Reads a file under test/reference. */
export type ReadReference = (path: string) => Promise<Uint8Array | undefined>;

/** Largest difference of the latent after all steps, as a part of its range. */
const LATENT_TOLERANCE = 1e-4;
/** Where rounding grows more: the slope of DPM2 ancestral is carried over the whole step. All others stay below 4e-5. */
const GROWN: Readonly<Record<string, number>> = { 'dpm2-ancestral, velocity': 3e-4 };
/** Peak signal to noise ratio of the picture, in decibels, where white is 1. */
const PICTURE_FIDELITY = 50;

/** A host whose files and models are those under test/reference. */
export function referenceHost(read: ReadReference): Host {
  return {
    document: '',
    save: () => Promise.reject(new Error('Nothing is saved here.')),
    decodeImage: async (bytes) => decodePng(bytes),
    async open(reference) {
      const path = modelName(reference);
      const bytes = await read(path);
      if (!bytes) throw new Error(`There is no ${path}.`);
      return bytesInMemory(bytes);
    },
    folder: async (reference) => ({
      key: modelName(reference),
      title: modelName(reference),
      paths: ['model_index.json'],
      async open(path) {
        const bytes = await read(`models/${modelName(reference)}/${path}`);
        return bytes && bytesInMemory(bytes);
      },
    }),
  };
}

/** Peak signal to noise ratio of a picture whose white is 1. */
export function decibels(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  const squares = Array.from(expected, (wanted, i) => (wanted - (actual[i] as number)) ** 2);
  return -10 * Math.log10(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

/** Runs a graph whose files are the references; `made` has what came last out of the latent or image port of each node. */
export async function runGraph(device: Device, document: Document, read: ReadReference, host = referenceHost(read)) {
  const use = new TensorUse(device);
  const made = new Map<string, Float32Array>();
  const problems: unknown[] = [];
  const recording = new Recordings().begin(document.id, device);
  const outcome = await run(
    plan(document, registry),
    {
      device,
      host,
      use,
      control: new RunControl(),
      recorder: recording,
      emit: (event) => event.type === 'failed' && problems.push(event.problem),
      async observe({ node, port, value }) {
        const [tensor] = tensorsIn(value) as Set<Tensor>;
        if (tensor && (port === 'latent' || port === 'image'))
          made.set(node, Float32Array.from(await device.read(tensor)));
      },
    },
    new OutputCache(use, { gpu: 0, host: 0 }),
  );
  return { made, problems, outcome, held: use.size, recording };
}

/** Whole graphs on a device: the latents and pictures that diffusers' pipelines make of the same prompt, seed and weights. */
export function testPictures(makeDevice: () => Promise<Device>, read: ReadReference, cases = caseNames): void {
  // One device for all, so that graphs with the same model share its sessions.
  let device: Device;
  beforeAll(async () => {
    device = await makeDevice();
  });
  afterAll(() => device.release());

  test.each(cases)('the graph makes the latent and the picture of diffusers: %s', async (name) => {
    const { made, problems, outcome, held, recording } = await runGraph(device, graphFor(name), read);
    expect(problems).toEqual([]);
    expect(outcome).toBe('done');
    const file = openSafetensors(bytesInMemory((await read('pictures/pictures.safetensors')) as Uint8Array));
    expect(decibels(made.get('decode') ?? [], file.read(`${name}.image`))).toBeGreaterThan(PICTURE_FIDELITY);
    expectClose(made.get('end') ?? [], file.read(`${name}.latent`), GROWN[name] ?? LATENT_TOLERANCE);
    expect(held).toBe(0);
    // What was recorded, on a graphics adapter read while it computed on, is that to the last bit.
    const item = itemCount(recording.places.get('end')?.grid ?? []) - 1;
    const recorded = await recording.valueOf({ node: 'end', port: 'latent', item });
    expect(recorded).toMatchObject({ kind: 'latent', tensor: { data: made.get('end') } });
  });
}
