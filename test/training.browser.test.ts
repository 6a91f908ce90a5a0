import { describe, expect, test } from 'vitest';
import { resnet } from '../models/blocks/resnet';
import { spatialTransformer } from '../models/blocks/transformer';
import { weightsOf } from '../models/safetensors-weights';
import { Trainer, type TrainerSettings, untrained } from '../models/training/trainer';
import type { Device } from '../src/core/device';
import { TorchGenerator } from '../src/diffusion/random/torch-generator';
import { bytesInMemory } from '../src/formats/bytes';
import { openSafetensors } from '../src/formats/safetensors';
import { multiply } from '../src/onnx/ops/multiply';
import { reduceMean } from '../src/onnx/ops/reduce-mean';
import { reshape } from '../src/onnx/ops/reshape';
import { elements } from '../src/onnx/shapes';
import { Parameters } from '../src/onnx/weights';
import { expectClose } from './closeness';
import { testTraining } from './training';
import { webDevice } from './web-device';

const [CONTEXT, LATENT, TIME] = [
  [1, 8, 32],
  [1, 16, 8, 8],
  [1, 64],
];

const urls = import.meta.glob<string>('./reference/training/**/*', { query: '?url', import: 'default', eager: true });

async function read(path: string): Promise<Uint8Array | undefined> {
  const url = urls[`./reference/training/${path}`];
  return url === undefined ? undefined : new Uint8Array(await (await fetch(url)).arrayBuffer());
}

function once(prefer: 'wasm' | 'webgpu'): () => Promise<Device> {
  let device: Promise<Device> | undefined;
  return () => {
    device ??= webDevice(prefer)();
    return device;
  };
}

// WebAssembly's kernels add in another order than those of the processor: the worst of 64 matrices is off by 1.4e-5.
const tolerance = 2e-5;

describe('on wasm,', () => testTraining(once('wasm'), read, { steps: 10, tolerance }));
/** The first blocks of the micro model's UNet, from a latent of 16 channels to a loss that a context of 8 rows is trained by. */
async function blocks(): Promise<TrainerSettings> {
  const bytes = (await read('unet/diffusion_pytorch_model.safetensors')) as Uint8Array<ArrayBuffer>;
  const weights = weightsOf([openSafetensors(bytesInMemory(bytes))]);
  return {
    key: 'blocks of the micro model',
    parameters: [{ name: 'context', dims: CONTEXT }],
    recompute: ['block', 'head'],
    loss(graph) {
      const place = new Parameters(graph, weights).at('down_blocks.0');
      const time = graph.input('time', TIME);
      const settings = { activation: 'silu', groups: 4, epsilon: 1e-5 } as const;
      const hidden = resnet(graph.input('latent', LATENT), time, place.at('resnets.0'), 16, settings);
      const made = spatialTransformer(hidden, graph.input('context', CONTEXT), place.at('attentions.0'), {
        heads: 4,
        layers: 1,
        groups: 4,
        onlyCrossAttention: false,
        upcastAttention: false,
      });
      return reshape(reduceMean(multiply(made, made), [0, 1, 2, 3]), [1]);
    },
  };
}

/** The losses of three steps and what was learned in them. */
async function learned(device: Device): Promise<{ losses: number[]; context: Float32Array }> {
  const drawn = (seed: number, dims: readonly number[]) => new TorchGenerator(seed).randn(elements(dims));
  const trainer = new Trainer(device, await blocks(), untrained([drawn(1, CONTEXT)]));
  const batch = { latent: device.tensor(drawn(2, LATENT), LATENT), time: device.tensor(drawn(3, TIME), TIME) };
  const losses: number[] = [];
  for (let step = 0; step < 3; step++) losses.push(await trainer.step([batch], 0.05));
  const [context = new Float32Array()] = await trainer.parameters();
  trainer.dispose();
  return { losses, context };
}

test('three steps on webgpu teach what they teach on wasm', async () => {
  const [there, here] = [await learned(await webDevice('webgpu')()), await learned(await webDevice('wasm')())];
  expect(here.losses[2]).toBeLessThan(here.losses[0] ?? 0);
  expectClose(there.losses, here.losses, 1e-3);
  expectClose(there.context, here.context, 1e-3);
}, 300_000);

// The emulated adapter compiles the pipelines of 2,000 kernels for minutes:
// VITE_WEBGPU=all npx vitest run --project browser test/training
if (import.meta.env.VITE_WEBGPU === 'all')
  describe('on webgpu,', () => testTraining(once('webgpu'), read, { steps: 4, tolerance }));
