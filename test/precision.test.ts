import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { weightsOf } from '../models/safetensors-weights';
import { openUNet } from '../models/unet';
import { parseUNetConfig } from '../models/unet-config';
import { buildUNet } from '../models/unet-graph';
import type { Device, Tensors } from '../src/core/device';
import type { NoiseSchedule } from '../src/core/sampler-table';
import { createNodeDevice } from '../src/engine/device/node';
import { openFileBytes } from '../src/formats/bytes.node';
import { openSafetensors } from '../src/formats/safetensors';
import type { Graph } from '../src/onnx/graph';
import { runInPieces } from '../src/onnx/pieces';
import { expectClose } from './closeness';

const folder = new URL('reference/models/sd2-fp16/', import.meta.url);
const file = (name: string) => openSafetensors(openFileBytes(new URL(name, folder).pathname));
const config = JSON.parse(await readFile(new URL('unet/config.json', folder), 'utf8'));
const recorded = file('recorded.safetensors');
const weights = weightsOf([file('unet/diffusion_pytorch_model.safetensors')]);
const expected = recorded.read('unet.999.0.0');
const latentShape = recorded.tensors.get('unet.latent')?.shape ?? [];
const [, tokens = 0, width = 0] = recorded.tensors.get('text.hidden')?.shape ?? [];

const unet = (key: string) =>
  openUNet(config, weights, {
    key,
    title: 'micro',
    predictionType: 'v_prediction',
    noiseSchedule: {} as NoiseSchedule,
  });

function inputs(device: Device) {
  const floats = (name: string) => recorded.read(name) as Float32Array<ArrayBuffer>;
  const context = device.tensor(floats('text.hidden').slice(0, tokens * width), [1, tokens, width]);
  return { latent: device.tensor(floats('unet.latent'), latentShape), contexts: [context] };
}

async function predict(device: Device, model: ReturnType<typeof unet>): Promise<Float32Array> {
  const [prediction] = await model.predict(device, { ...inputs(device), inputScale: 1, timestep: 999 });
  return prediction ? device.read(prediction) : new Float32Array();
}

/**
 * A device that says that it computes in half precision, with the keys of the networks that it ran. `change` is what it makes
 * of the results of half-precision networks.
 */
function halfDevice(
  device: Device,
  change: (numbers: Float32Array) => Float32Array,
): { device: Device; ran: string[] } {
  const ran: string[] = [];
  const half: Device = {
    kind: 'webgpu',
    name: 'half',
    float16: true,
    remarks: device.remarks,
    spent: device.spent,
    owned: device.owned,
    remark: (sentence) => device.remark(sentence),
    misfit: (network) => device.misfit(network),
    need: (network) => device.need(network),
    load: (network) => device.load(network),
    tensor: (data, dims) => device.tensor(data, dims),
    read: (tensor) => device.read(tensor),
    dispose: (tensor) => device.dispose(tensor),
    watch: (used) => device.watch(used),
    release: (keep) => device.release(keep),
    async run(network, feeds: Tensors) {
      ran.push(network.key);
      const results = await device.run(network, feeds);
      if (!network.key.endsWith('float16')) return results;
      const changed = Object.entries(results).map(async ([name, tensor]) => {
        const numbers = change(await device.read(tensor)) as Float32Array<ArrayBuffer>;
        return [name, device.tensor(numbers, tensor.dims)] as const;
      });
      return Object.fromEntries(await Promise.all(changed));
    },
  };
  return { device: half, ran };
}

test('a network in pieces computes what it computes as a whole, and leaves no session behind', async () => {
  const device = await createNodeDevice();
  const parsed = parseUNetConfig(config);
  const shape = { latent: latentShape, contexts: 1, tokens, controlled: false };
  const build = (graph: Graph) => buildUNet(graph, weights, parsed, shape);
  const { latent, contexts } = inputs(device);
  const keys = new Set<string>();
  const held = new Set<string>();
  const watched: Device = {
    ...halfDevice(device, (numbers) => numbers).device,
    run(network, feeds) {
      keys.add(network.key);
      expect(network.weights.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(120_000);
      held.add(network.key);
      return device.run(network, feeds);
    },
    release(keep = () => false) {
      for (const key of held) if (!keep(key)) held.delete(key);
      return device.release(keep);
    },
  };
  // What UNet.predict feeds at timestep 999.
  const whole = await predict(device, unet('whole'));
  const time = device.tensor(sinusoids(999, parsed.block_out_channels[0] ?? 0), [1, parsed.block_out_channels[0] ?? 0]);
  const feeds = { latent, context_0: contexts[0] as never, time, input_scale: device.tensor(Float32Array.of(1), [1]) };
  const { prediction_0: prediction } = await runInPieces(watched, 'unet', build, feeds, { fused: true, most: 100_000 });
  expectClose(await device.read(prediction as never), whole, 1e-5);
  expectClose(whole, expected, 1e-4);
  expect(keys.size).toBeGreaterThan(3);
  expect([...held]).toEqual([]);
});

/** As diffusers computes them with flip_sin_to_cos, in double precision. */
function sinusoids(timestep: number, count: number): Float32Array<ArrayBuffer> {
  const half = count / 2;
  return Float32Array.from({ length: count }, (_, i) => {
    const angle = timestep * 10000 ** (-(i % half) / half);
    return i < half ? Math.cos(angle) : Math.sin(angle);
  });
}

test('weights in half precision are computed in half precision where the device does, and checked once', async () => {
  const { device, ran } = halfDevice(await createNodeDevice(), (numbers) => numbers);
  const model = unet('sound');
  expectClose(await predict(device, model), expected, 1e-2);
  expect(ran.filter((key) => key.includes('piece')).length).toBeGreaterThan(0);
  const before = ran.length;
  await predict(device, model);
  expect(ran.slice(before).map((key) => key.split(' ').at(-1))).toEqual(['float16']);
  expect(device.remarks).toEqual([]);
});

test.each([
  ['finite but wrong', (numbers: Float32Array) => numbers.map((x) => 0.8 * x), 'is off by 20 %'],
  ['not finite', (numbers: Float32Array) => numbers.map((x, i) => (i === 7 ? Number.NaN : x)), 'gives no numbers'],
])(
  'a model whose half precision is %s is computed in float32, from its first evaluation on',
  async (_, change, says) => {
    const { device, ran } = halfDevice(await createNodeDevice(), change);
    const model = unet('unsound');
    expectClose(await predict(device, model), expected, 1e-4);
    expectClose(await predict(device, model), expected, 1e-4);
    expect(ran.filter((key) => key.endsWith('float16'))).toHaveLength(1);
    expect(device.remarks).toHaveLength(1);
    expect(device.remarks[0]).toContain(`"micro" ${says} in half precision`);
  },
);

test('a model that cannot be checked is used in half precision, with a word about it', async () => {
  const { device, ran } = halfDevice(await createNodeDevice(), (numbers) => numbers);
  const run = device.run.bind(device);
  device.run = (network, feeds) =>
    network.key.includes('piece 1') ? Promise.reject(new Error('No room.')) : run(network, feeds);
  const model = unet('unchecked');
  expectClose(await predict(device, model), expected, 1e-2);
  await predict(device, model);
  expect(ran.filter((key) => key.endsWith('float16'))).toHaveLength(2);
  expect(device.remarks).toEqual(['Whether "micro" is right in half precision could not be checked. No room.']);
});

test('weights in float32 stay so on any device', async () => {
  const { device, ran } = halfDevice(await createNodeDevice(), (numbers) => numbers);
  const stored = { ...weights, dtype: () => 'F32' };
  delete (stored as Partial<typeof stored>).readBytes;
  const source = { key: 'wide', title: 'wide', predictionType: 'epsilon', noiseSchedule: {} as NoiseSchedule } as const;
  expectClose(await predict(device, openUNet(config, stored, source)), expected, 1e-4);
  expect(ran.some((key) => key.endsWith('float16'))).toBe(false);
});
