import { beforeAll, describe, expect, test } from 'vitest';
import { openDiffusersFolder } from '../models/diffusers-folder';
import type { Device, Network, Tensor, Tensors } from '../src/core/device';
import type { Document } from '../src/core/document';
import type { Lora } from '../src/core/lora';
import type { UNet } from '../src/core/values';
import { createNodeDevice } from '../src/engine/device/node';
import { bytesInMemory } from '../src/formats/bytes';
import { openSafetensors, writeSafetensors } from '../src/formats/safetensors';
import { expectClose } from './closeness';
import { graphWithLoras, loraHost, type Model, modelWithLoras, runNode, testLoras } from './loras';
import { runGraph } from './pictures';
import { readReference } from './reference.node';

testLoras(createNodeDevice, readReference);

const host = loraHost(readReference);
let device: Device;
beforeAll(async () => {
  device = counting(await createNodeDevice());
});

const latentOf = async (document: Document) => {
  const { made, problems } = await runGraph(device, document, readReference, host);
  expect(problems).toEqual([]);
  return made.get('end') as Float32Array;
};
const kohya = (unet: number, text: number) => ({ file: 'kohya', unet, text });
const sd1 = (...loras: ReturnType<typeof kohya>[]) => graphWithLoras({ model: 'sd1-fp32', loras });

/** How many sessions a device made in the course of some work: for each it asks a network for its model once. */
async function sessionsMade(work: () => Promise<unknown>): Promise<number> {
  const before = asked;
  await work();
  return asked - before;
}

let asked = 0;

function counting(of: Device): Device {
  const watched = (network: Network): Network => ({
    key: network.key,
    model() {
      asked += 1;
      return network.model();
    },
    get weights() {
      return network.weights;
    },
  });
  return new Proxy(of, {
    get(target, name) {
      if (name === 'run') return (network: Network, feeds: Tensors) => target.run(watched(network), feeds);
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

describe('the strength of a LoRA', () => {
  test('changes without a new session, also when several are wired as a list', async () => {
    expect(await sessionsMade(() => latentOf(sd1(kohya(1, 1))))).toBeGreaterThan(0);
    expect(await sessionsMade(() => latentOf(sd1(kohya(0.3, -2))))).toBe(0);
    const swept = sd1(kohya(1, 1));
    const nodes = [
      ...swept.nodes.map((node) => (node.id === 'apply-0' ? { ...node, exposed: ['strength'] } : node)),
      { id: 'list', type: 'lists/number-list', version: 1, at: [0, 0], params: { values: '0, 0.5, 1' } },
    ] satisfies Document['nodes'];
    const wire = { from: ['list', 'numbers'], to: ['apply-0', 'strength'] } satisfies Document['wires'][number];
    const list: Document = { ...swept, nodes, wires: [...swept.wires, wire] };
    expect(await sessionsMade(() => latentOf(list))).toBe(0);
    const stacked = [kohya(1, 1), { file: 'processors', unet: 1, text: 1 }];
    expect(await sessionsMade(() => latentOf(sd1(...stacked)))).toBeGreaterThan(0);
    expect(await sessionsMade(() => latentOf(sd1(...stacked.toReversed())))).toBe(0);
  });

  test('is 0 where the model stays as it was, and adds up where the same one comes twice', async () => {
    const base = await latentOf(sd1());
    for (const file of ['kohya', 'kohya-ldm', 'loha', 'lokr', 'full'])
      expectClose(await latentOf(sd1({ file, unet: 0, text: 0 })), base, 1e-6);
    expectClose(await latentOf(sd1(kohya(0.4, 1), kohya(0.6, 0))), await latentOf(sd1(kohya(1, 1))), 1e-5);
  });
});

test('LoRAs of every kind enter a network in half precision, too', async () => {
  const folder = await host.folder('sd1-fp32');
  const about = { key: 'half', title: 'half' };
  const { unet } = await openDiffusersFolder(folder, { ...about, graph: { fused: true, precision: 'float16' } });
  const exact = await openDiffusersFolder(folder, { ...about, key: 'whole' });
  for (const file of ['kohya-ldm', 'loha', 'lokr']) {
    const { lora } = await runNode<{ lora: Lora }>(host, 'models/lora', {}, { model: `loras/${file}.safetensors` });
    const answers = [unet, exact.unet].map(async (network) => {
      const latent = device.tensor(wave(4 * 4 * 8), [1, 4, 4, 8]);
      const contexts = [device.tensor(wave(77 * 32), [1, 77, 32])];
      const changed = network.withLora?.(lora, 0.5).network as UNet;
      const [answer] = await changed.predict(device, { latent, inputScale: 1, timestep: 500, contexts });
      return device.read(answer as Tensor);
    });
    const [half = [], whole = []] = await Promise.all(answers);
    expectClose(half, whole, 2e-2);
  }
});

const wave = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i * i * 0.37));

describe('a LoRA on the wrong model', () => {
  const apply = (model: object, lora: Lora) => runNode<Model>(host, 'models/apply-lora', { ...model, lora }, {});
  const load = async (file: string) =>
    (await runNode<{ lora: Lora }>(host, 'models/lora', {}, { model: `loras/${file}.safetensors` })).lora;
  const checkpoint = (model: string) => modelWithLoras(host, { model, loras: [] });
  const only = (lora: Lora, keep: (name: string) => boolean): Lora => ({
    ...lora,
    layers: lora.layers.filter(({ name }) => keep(name)),
  });

  test('is refused with what it expects, whether shapes differ or nothing has its names', async () => {
    const [lora, sd2] = [await load('kohya'), await checkpoint('sd2-fp16')];
    await expect(apply(sd2, lora)).rejects.toThrow(
      /^The LoRA "kohya.safetensors" does not fit "sd2-fp16": its layer ".*" changes a weight of \[.*\], and here it has a weight of \[.*\]\. It expects conditioning of width 32\./,
    );
    const elsewhere = {
      ...lora,
      layers: lora.layers.map((layer) => ({ ...layer, module: `transformer_${layer.module}` })),
    };
    await expect(apply(sd2, elsewhere)).rejects.toThrow(
      /^None of the 96 layers of the LoRA "kohya.safetensors" is in "sd2-fp16"; one of them is ".*"\. It expects conditioning of width 32, and this model has 48\./,
    );
  });

  test('that is only in part of it says which layers are left out', async () => {
    const [lora, sd1Model] = [await load('kohya'), await checkpoint('sd1-fp32')];
    const strange = lora.layers.map((layer, i) => (i === 3 ? { ...layer, module: 'nowhere' } : layer));
    const { unet } = await apply(sd1Model, { ...lora, layers: strange });
    expect(unet.notes).toEqual([
      `Layers of "kohya.safetensors" that this model does not have, left out: ${lora.layers[3]?.name}.`,
    ]);
    const alone = await apply({ unet: sd1Model.unet }, lora);
    expect(alone.unet.notes?.[0]).toMatch(/^12 layers of "kohya.safetensors" change the text encoder and are left out/);
    const ofText = only(lora, (name) => name.startsWith('lora_te'));
    await expect(apply({ unet: sd1Model.unet }, ofText)).rejects.toThrow('changes the text encoder alone');
    expect((await apply(sd1Model, ofText)).unet.notes).toEqual([]);
  });

  test('whose tensors are not all understood says so at the node', async () => {
    const file = openSafetensors(bytesInMemory((await readReference('loras/kohya.safetensors')) as Uint8Array));
    const tensors = Object.fromEntries(
      [...file.tensors].map(([name, { shape }]) => [name, { shape, data: file.read(name) }]),
    );
    const bytes = writeSafetensors({
      ...tensors,
      'lora_unet_conv_in.oft_blocks': { shape: [1], data: new Float32Array(1) },
    });
    const lora = { key: 'k', title: 'odd', paths: ['odd.safetensors'], open: async () => bytesInMemory(bytes) };
    const odd = { ...host, folder: async () => lora };
    const made = await runNode<{ lora: Lora }>(odd, 'models/lora', {}, { model: 'odd' });
    expect(made.lora.notes).toEqual(['Not understood in "odd", and left out: lora_unet_conv_in.oft_blocks.']);
  });
});
