import { expect, test } from 'vitest';
import template from '../graphs/text-to-image.weft.json?raw';
import { registry } from '../nodes/registry';
import type { Host } from '../src/core/define-node';
import type { Device, Tensor } from '../src/core/device';
import { type Document, type DocumentNode, parseDocument, type WireEnd } from '../src/core/document';
import { OutputCache } from '../src/engine/cache';
import { RunControl } from '../src/engine/control';
import { plan } from '../src/engine/plan';
import { run } from '../src/engine/run';
import { TensorUse, tensorsIn } from '../src/engine/tensor-use';
import { bytesInMemory } from '../src/formats/bytes';
import { decodePng } from '../src/formats/png';
import { openSafetensors } from '../src/formats/safetensors';
import { expectClose } from './closeness';
import recorded from './reference/pictures/pictures.json';

/** Reads a file under test/reference. */
export type ReadReference = (path: string) => Promise<Uint8Array | undefined>;

/** Largest difference after all steps, as a part of the range. */
const TOLERANCE = 1e-4;

interface Case {
  readonly model: string;
  readonly sampler: string;
  readonly steps: number;
  readonly guidance: number;
  readonly negative: string;
  readonly karras?: boolean;
  readonly eta?: number;
  readonly count?: number;
  readonly rescale?: number;
  readonly strength?: number;
}

export const caseNames = Object.keys(recorded.cases);
const caseOf = (name: string) => (recorded.cases as Record<string, Case>)[name] as Case;

type Edit = Readonly<Record<string, DocumentNode['params']>>;

/** The template with parameters changed, and its size and noise schedule taken from the model. */
export function graphFor(name: string): Document {
  const settings = caseOf(name);
  const base = parseDocument(template);
  const edits: Edit = {
    prompt: { text: recorded.prompt },
    negative: { text: settings.negative },
    checkpoint: { model: settings.model },
    noise: { seed: recorded.seed, width: recorded.width, height: recorded.height, count: settings.count ?? 1 },
    scheduler: {
      sampler: settings.sampler,
      steps: settings.steps,
      sigmas: settings.karras ? 'karras' : 'default',
      eta: settings.eta ?? 0,
      strength: settings.strength ?? 1,
    },
    cfg: { scale: settings.guidance, rescale: settings.rescale ?? 0 },
  };
  const nodes = base.nodes.map((node) => ({ ...node, params: { ...node.params, ...edits[node.id] } }));
  const wires: [WireEnd, WireEnd][] = [
    [
      ['checkpoint', 'vae'],
      ['noise', 'vae'],
    ],
    [
      ['checkpoint', 'unet'],
      ['scheduler', 'unet'],
    ],
  ];
  if (settings.strength !== undefined) {
    nodes.push({
      id: 'load',
      type: 'image/load-image',
      version: 1,
      at: [0, 0],
      params: { file: 'pictures/start.png' },
    });
    nodes.push({ id: 'encode', type: 'image/vae-encode', version: 1, at: [0, 0], params: {} });
    wires.push(
      [
        ['load', 'image'],
        ['encode', 'image'],
      ],
      [
        ['checkpoint', 'vae'],
        ['encode', 'vae'],
      ],
    );
    wires.push([
      ['encode', 'latent'],
      ['start', 'picture'],
    ]);
  }
  return { ...base, nodes, wires: [...base.wires, ...wires.map(([from, to]) => ({ from, to }))] };
}

function referenceHost(read: ReadReference): Host {
  return {
    document: '',
    save: () => Promise.reject(new Error('Nothing is saved here.')),
    decodeImage: async (bytes) => decodePng(bytes),
    async open(path) {
      const bytes = await read(path);
      if (!bytes) throw new Error(`There is no ${path}.`);
      return bytesInMemory(bytes);
    },
    folder: async (name) => ({
      key: name,
      title: name,
      async open(path) {
        const bytes = await read(`models/${name}/${path}`);
        return bytes && bytesInMemory(bytes);
      },
    }),
  };
}

/** Whole graphs on a device: the latents and pictures that diffusers' pipelines make of the same prompt, seed and weights. */
export function testPictures(makeDevice: () => Promise<Device>, read: ReadReference, cases = caseNames): void {
  test.each(cases)('the graph makes the latent and the picture of diffusers: %s', async (name) => {
    const device = await makeDevice();
    const use = new TensorUse(device);
    const cache = new OutputCache(use, { gpu: 0, host: 0 });
    const made = new Map<string, Float32Array>();
    const problems: unknown[] = [];
    const outcome = await run(
      plan(graphFor(name), registry),
      {
        device,
        host: referenceHost(read),
        use,
        control: new RunControl(),
        emit: (event) => event.type === 'failed' && problems.push(event.problem),
        async observe({ node, port, value }) {
          const [tensor] = tensorsIn(value) as Set<Tensor>;
          if (tensor && (port === 'latent' || port === 'image'))
            made.set(node, Float32Array.from(await device.read(tensor)));
        },
      },
      cache,
    );
    expect(problems).toEqual([]);
    expect(outcome).toBe('done');
    const file = openSafetensors(bytesInMemory((await read('pictures/pictures.safetensors')) as Uint8Array));
    expectClose(made.get('end') ?? [], file.read(`${name}.latent`), TOLERANCE);
    expectClose(made.get('decode') ?? [], file.read(`${name}.image`), TOLERANCE);
    expect(use.size).toBe(0);
  });
}
