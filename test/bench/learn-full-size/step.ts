import process from 'node:process';
import type { StepSize } from '../../../models/training/memory';
import { Trainer, untrained } from '../../../models/training/trainer';
import { TorchGenerator } from '../../../src/diffusion/random/torch-generator';
import { createNodeDevice } from '../../../src/engine/device/node';
import type { Recomputable } from '../../../src/onnx/graph';
import { elements } from '../../../src/onnx/shapes';
import type { Weights } from '../../../src/onnx/weights';
import { EMBEDDINGS, fullSizeWord, SINUSOIDS, VECTORS } from '../../full-size-word';
import { hollow } from '../../hollow-weights';

export interface StepFigures {
  /** Bytes: at the start, the most until the weights were read and the session was made, and the most of all. */
  readonly before: number;
  readonly loaded: number;
  readonly peak: number;
  readonly seconds: number;
  /** Seconds of processor time of all threads: other programs do not count in it. */
  readonly processor: number;
  readonly loss: number;
}

/** The most memory that this process ever had in use, in bytes. */
const mostMemory = () => process.resourceUsage().maxRSS * 1024;

/** As many numbers as a weight repeats. Drawing a billion would take longer than the step. */
const DRAWN = 2 ** 20;

/** Norms and biases as a model starts with, the rest uniform in ±1/√inputs. */
function randomWeights(name: 'sd15 unet' | 'sd15 text encoder'): Weights {
  const shapes = hollow(name);
  const drawn = new TorchGenerator(3).rand(DRAWN).map((value) => 2 * value - 1);
  return {
    ...shapes,
    dtype: () => 'F32',
    read(key) {
      const dims = shapes.shape(key) ?? [];
      const data = new Float32Array(elements(dims));
      if (dims.length === 1) return key.endsWith('.weight') ? data.fill(1) : data;
      const bound = 1 / Math.sqrt(data.length / (dims[0] ?? 1));
      const scaled = drawn.map((value) => value * bound);
      for (let at = 0; at < data.length; at += DRAWN) data.set(scaled.subarray(0, data.length - at), at);
      return data;
    },
  };
}

/** One step of textual inversion in this process. */
export async function measureStep(size: StepSize, recompute: readonly Recomputable[]): Promise<StepFigures> {
  const before = mostMemory();
  const device = await createNodeDevice();
  let loaded = 0;
  device.trace = {
    took(kind) {
      if (kind === 'load') loaded ||= mostMemory();
    },
    made() {},
    freed() {},
  };
  const models = new Map((['sd15 unet', 'sd15 text encoder'] as const).map((name) => [name, randomWeights(name)]));
  const settings = {
    ...fullSizeWord((name) => models.get(name) as Weights)(size),
    key: 'full size',
    recompute,
  };
  const generator = new TorchGenerator(4);
  const drawn = (dims: readonly number[]) => device.tensor(generator.randn(elements(dims)), dims);
  const places = new Float32Array(EMBEDDINGS[1] ?? 0);
  places[5] = 1;
  const feeds = {
    latent: drawn([size.batch, ...size.shape]),
    target: drawn([size.batch, ...size.shape]),
    time: drawn(SINUSOIDS),
    embeddings: drawn(EMBEDDINGS),
    places: device.tensor(places, [places.length, 1]),
  };
  const trainer = new Trainer(device, settings, untrained([generator.randn(elements(VECTORS))]));
  const [began, used] = [performance.now(), process.cpuUsage()];
  const loss = await trainer.step([feeds], 5e-3);
  const { user, system } = process.cpuUsage(used);
  return {
    before,
    loaded,
    peak: mostMemory(),
    seconds: (performance.now() - began) / 1000,
    processor: (user + system) / 1e6,
    loss,
  };
}
