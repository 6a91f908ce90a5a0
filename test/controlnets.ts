import { afterAll, beforeAll, expect, test } from 'vitest';
import { openControlNetFolder } from '../models/controlnet-folder';
import type { Folder, Host } from '../src/core/define-node';
import type { Device, Tensor } from '../src/core/device';
import type { Document } from '../src/core/document';
import { modelName } from '../src/core/model-reference';
import { bytesInMemory } from '../src/formats/bytes';
import { openSafetensors, type SafetensorsFile } from '../src/formats/safetensors';
import { expectClose } from './closeness';
import { Sketch } from './picture-graphs';
import { decibels, type ReadReference, referenceHost, runGraph } from './pictures';
import recorded from './reference/controlnets/pictures.json';

interface Case {
  readonly model: string;
  readonly guidance: number;
  readonly negative: string;
  readonly sampler: string;
  readonly steps: number;
  readonly nets: readonly {
    readonly net: string;
    readonly strength: number;
    readonly start: number;
    readonly end: number;
  }[];
  readonly guess?: boolean;
  readonly count?: number;
}

const cases = recorded.cases as Readonly<Record<string, Case>>;

/** The graph that makes what diffusers' StableDiffusionControlNetPipeline makes with the same settings. */
export function controlGraph(name: string): Document {
  const settings = cases[name] as Case;
  const sketch = new Sketch({
    prompt: { text: recorded.prompt },
    negative: { text: settings.negative },
    checkpoint: { model: settings.model },
    noise: { seed: recorded.seed, width: recorded.width, height: recorded.height, count: settings.count ?? 1 },
    scheduler: { sampler: settings.sampler, steps: settings.steps },
    cfg: { scale: settings.guidance },
  });
  sketch.wire('checkpoint.vae', 'noise.vae').wire('checkpoint.unet', 'scheduler.unet');
  sketch.add('load', 'image/load-image', {}, { file: 'controlnets/edges.png' });
  let [prompt, negative] = ['positive-text.conditioning', 'negative-text.conditioning'];
  for (const [i, { net, ...params }] of settings.nets.entries()) {
    sketch.add(`net-${i}`, 'control/controlnet', {}, { model: net });
    sketch.add(
      `apply-${i}`,
      'control/apply-controlnet',
      { conditioning: prompt, negative, controlnet: `net-${i}.controlnet`, image: 'load.image' },
      { ...params, guess: settings.guess ?? false },
    );
    [prompt, negative] = [`apply-${i}.conditioning`, `apply-${i}.negative`];
  }
  return sketch.wire(prompt, 'unet-prompt.conditioning').wire(negative, 'unet-negative.conditioning').document;
}

const FILES = [
  'config.json',
  'diffusion_pytorch_model.safetensors',
  'diffusion_pytorch_model.bin',
  'original.safetensors',
];

/** What make_controlnets.py wrote, by name; a name that ends in .safetensors is one file. */
async function controlNetFolder(read: ReadReference, name: string): Promise<Folder> {
  const at = (path: string) => `controlnets/${path === name ? '' : `${name}/`}${path}`;
  const files = new Map<string, Uint8Array>();
  for (const path of FILES) {
    const bytes = path.startsWith('original') && path !== name ? undefined : await read(at(path));
    if (bytes) files.set(path, bytes);
  }
  return {
    key: `controlnets/${name}`,
    title: name,
    paths: [...files.keys()],
    async open(path) {
      const bytes = files.get(path);
      return bytes && bytesInMemory(bytes);
    },
  };
}

/** The references as a host that also has the ControlNets among its models. */
export function controlHost(read: ReadReference): Host {
  const host = referenceHost(read);
  const nets = new Set(Object.values(cases).flatMap(({ nets }) => nets.map(({ net }) => net)));
  return {
    ...host,
    folder: (reference) => {
      const name = modelName(reference);
      return nets.has(name) ? controlNetFolder(read, name) : host.folder(reference);
    },
  };
}

const openReference = async (read: ReadReference, path: string): Promise<SafetensorsFile> =>
  openSafetensors(bytesInMemory((await read(`controlnets/${path}`)) as Uint8Array));

/** Whole graphs with ControlNets on a device, against diffusers' pipeline; `names` are those to run where not all are. */
export function testControlNets(
  makeDevice: () => Promise<Device>,
  read: ReadReference,
  names = Object.keys(cases),
): void {
  let device: Device;
  // A software adapter takes its time.
  beforeAll(async () => {
    device = await makeDevice();
  }, 120_000);
  afterAll(() => device.release());

  test.each(names)('the graph makes the latent and the picture of diffusers with ControlNets: %s', async (name) => {
    const { made, problems, outcome, held } = await runGraph(device, controlGraph(name), read, controlHost(read));
    expect(problems).toEqual([]);
    expect(outcome).toBe('done');
    const file = await openReference(read, 'pictures.safetensors');
    expectClose(made.get('end') ?? [], file.read(`${name}.latent`), 1e-4);
    expect(decibels(made.get('decode') ?? [], file.read(`${name}.image`))).toBeGreaterThan(50);
    expect(held).toBe(0);
  });
}

/** A single file on a device, against the recorded outputs of diffusers' ControlNetModel. */
export function testOriginalControlNet(makeDevice: () => Promise<Device>, read: ReadReference): void {
  test('a ControlNet in the names of the original code computes what diffusers computes, its config read from the shapes', async () => {
    const device = await makeDevice();
    const net = await openControlNetFolder(await controlNetFolder(read, 'original.safetensors'));
    const file = await openReference(read, 'original.recorded.safetensors');
    const tensor = (name: string): Tensor =>
      device.tensor(file.read(name) as Float32Array<ArrayBuffer>, file.tensors.get(name)?.shape ?? []);
    const context = file.read('context');
    const half = context.length / 2;
    const residuals = await net.predict(device, {
      latent: tensor('latent'),
      inputScale: 1,
      timestep: 621.5,
      contexts: [0, 1].map((i) =>
        device.tensor(context.slice(i * half, (i + 1) * half) as Float32Array<ArrayBuffer>, [1, 77, half / 77]),
      ),
      seen: await net.look(device, tensor('image')),
      strength: 0.8,
      guess: false,
    });
    expect(residuals.map(({ dims }) => dims)).toEqual(
      residuals.map((_, i) => file.tensors.get(`residual.${i}`)?.shape),
    );
    for (const [i, residual] of residuals.entries()) {
      expectClose(await device.read(residual), file.read(`residual.${i}`), 1e-4);
    }
  });
}
