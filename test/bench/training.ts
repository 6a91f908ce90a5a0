import { openModel } from '../../models/open-model';
import { subjectTraining } from '../../models/training/learn-subject';
import { wordTraining } from '../../models/training/learn-word';
import { Trainer, type TrainerSettings, untrained } from '../../models/training/trainer';
import type { Host } from '../../src/core/define-node';
import type { Device, Tensor } from '../../src/core/device';
import { TorchGenerator } from '../../src/diffusion/random/torch-generator';
import { Graph } from '../../src/onnx/graph';
import { defineNetwork } from '../../src/onnx/network';
import { elements } from '../../src/onnx/shapes';

export interface TrainingFigures {
  readonly lesson: string;
  /** Milliseconds of each step, and of the same batch through text encoder and UNet alone, which took turns. */
  readonly steps: number[];
  readonly forwards: number[];
  /** Milliseconds until the sessions of a step were made. */
  readonly sessions: number;
}

const SHAPE = [4, 16, 16] as const;
const BATCH = 4;

/** Drawn numbers for every input of the loss that is not trained. */
function feedsOf(device: Device, settings: TrainerSettings): Record<string, Tensor> {
  const graph = new Graph({ fused: true });
  settings.loss(graph);
  const trained = new Set(settings.parameters.map(({ name }) => name));
  const generator = new TorchGenerator(1);
  const feeds: Record<string, Tensor> = {};
  for (const { origin, dims } of graph.inputs) {
    if (origin.kind !== 'input' || trained.has(origin.name)) continue;
    feeds[origin.name] = device.tensor(generator.randn(elements(dims)), dims);
  }
  return feeds;
}

async function measure(device: Device, lesson: string, settings: TrainerSettings, times: number) {
  const feeds = feedsOf(device, settings);
  const generator = new TorchGenerator(2);
  const start = settings.parameters.map(({ dims }) => generator.randn(elements(dims)).map((value) => 0.1 * value));
  const trained = Object.fromEntries(
    settings.parameters.map(({ name, dims }, i) => [name, device.tensor(Float32Array.from(start[i] ?? []), dims)]),
  );
  const network = defineNetwork(`forward of ${settings.key}`, (graph) => graph.output('loss', settings.loss(graph)));
  const timed = async (work: () => Promise<unknown>) => {
    const begin = performance.now();
    await work();
    return performance.now() - begin;
  };
  const forward = async () => {
    const { loss } = await device.run(network, { ...feeds, ...trained });
    if (!loss) throw new Error('There is no loss.');
    await device.read(loss);
    device.dispose(loss);
  };
  const trainer = new Trainer(device, settings, untrained(start));
  const step = () => trainer.step([feeds], 1e-4);
  const first = await timed(step);
  await forward();
  await step();
  const [steps, forwards]: [number[], number[]] = [[], []];
  for (let i = 0; i < times; i++) {
    forwards.push(await timed(forward));
    steps.push(await timed(step));
  }
  trainer.dispose();
  for (const tensor of [...Object.values(feeds), ...Object.values(trained)]) device.dispose(tensor);
  return { lesson, steps, forwards, sessions: first - Math.min(...steps) };
}

/** Steps of the lessons of the embedded model, beside its forward pass as it makes pictures. */
export async function measureTraining(device: Device, host: Host, times: number): Promise<TrainingFigures[]> {
  const { textEncoder, unet } = await openModel(await host.folder('tiny'), {});
  if (!textEncoder || !unet) throw new Error('The embedded model is not whole.');
  const common = { textEncoder, unet, shape: SHAPE, batch: BATCH };
  const lessons: [string, TrainerSettings][] = [
    ['a word', wordTraining({ ...common, vectors: 1 })],
    ['a subject', subjectTraining({ ...common, rank: 4, text: true })],
    ['a subject, UNet alone', subjectTraining({ ...common, rank: 4, text: false })],
  ];
  const figures: TrainingFigures[] = [];
  for (const [lesson, settings] of lessons) {
    figures.push(await measure(device, lesson, settings, times));
    await device.release();
  }
  return figures;
}
