import { beforeAll, expect, test } from 'vitest';
import { buildGradients, gradientOptions } from '../models/training/gradient-graph';
import { lessonStateFrom, writeLessonState } from '../models/training/lesson-file';
import { Trainer, type TrainerSettings, type TrainerState, untrained } from '../models/training/trainer';
import type { Device } from '../src/core/device';
import { createNodeDevice } from '../src/engine/device/node';
import { Graph } from '../src/onnx/graph';
import { gemm } from '../src/onnx/ops/gemm';
import { multiply } from '../src/onnx/ops/multiply';
import { reduceMean } from '../src/onnx/ops/reduce-mean';
import { reshape } from '../src/onnx/ops/reshape';
import { subtract } from '../src/onnx/ops/subtract';
import { expectClose } from './closeness';
import recorded from './fixtures/grad-scaler.json';

const [ROWS, WIDTH] = [4, 8];

let device: Device;
beforeAll(async () => {
  device = await createNodeDevice();
});

/** The layer and the loss of reference/make_grad_scaler.py. */
const settings: TrainerSettings = {
  key: 'a layer',
  parameters: [{ name: 'weights', dims: [1, WIDTH] }],
  precision: 'float16',
  scaling: { start: recorded.start, interval: recorded.interval },
  adam: { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 1e-2 },
  loss(graph) {
    const weights = graph.input('weights', [1, WIDTH], 'float32');
    const answer = gemm(graph.input('inputs', [ROWS, WIDTH], 'float32'), weights);
    const error = subtract(answer, graph.input('targets', [ROWS, 1], 'float32'));
    return reshape(reduceMean(multiply(error, error), [0, 1]), [1]);
  },
};

const start = () => untrained([Float32Array.from(recorded.weights)]);

/** Makes the recorded steps `from` to `to` (exclusive); the losses, and what the scale was before each. */
async function train(trainer: Trainer, from: number, to: number) {
  const [losses, scales]: [number[], number[]] = [[], []];
  for (let step = from; step < to; step++) {
    const batch = step % recorded.inputs.length;
    const times = step === recorded.huge ? recorded.times : 1;
    const inputs = Float32Array.from((recorded.inputs[batch] ?? []).flat(), (value) => value * times);
    const feeds = {
      inputs: device.tensor(inputs, [ROWS, WIDTH]),
      targets: device.tensor(Float32Array.from(recorded.targets[batch] ?? []), [ROWS, 1]),
    };
    scales.push((await trainer.state()).scale?.scale ?? 1);
    losses.push(await trainer.step([feeds], recorded.rate));
    for (const tensor of Object.values(feeds)) device.dispose(tensor);
  }
  return { losses, scales };
}

test('a training with a scale halves and doubles it, skips steps and learns as with GradScaler of torch', async () => {
  const trainer = new Trainer(device, settings, start());
  const { losses, scales } = await train(trainer, 0, recorded.losses.length);
  expect(scales).toEqual(recorded.scales);
  for (const [step, loss] of recorded.losses.entries()) {
    if (loss === null) expect(losses[step]).toSatisfy((value: number) => !Number.isFinite(value));
    else expect(Math.abs((losses[step] ?? Number.NaN) / loss - 1), `step ${step + 1}`).toBeLessThan(1e-4);
  }
  const { parameters, skipped, steps } = await trainer.state();
  expect([steps, skipped]).toEqual([recorded.went.length, recorded.went.filter((went) => !went).length]);
  expectClose(parameters[0] ?? new Float32Array(), recorded.after, 1e-4);
});

test('what it learned is as it was after a step that overflows, and a kept training goes on with its scale', async () => {
  const first = new Trainer(device, settings, start());
  await train(first, 0, recorded.huge);
  const before = await first.parameters();
  await train(first, recorded.huge, recorded.huge + 1);
  expect(await first.parameters()).toEqual(before);
  const kept = lessonStateFrom(writeLessonState({ ...(await first.state()), averages: [], losses: [1] }));
  const second = new Trainer(device, settings, kept as TrainerState);
  await train(first, recorded.huge + 1, recorded.losses.length);
  await train(second, recorded.huge + 1, recorded.losses.length);
  expect(await second.state()).toEqual(await first.state());
});

test('where every step overflows it ends with a sentence, and in float32 there is nothing of a scale', async () => {
  const trainer = new Trainer(device, settings, untrained([new Float32Array(WIDTH).fill(Number.POSITIVE_INFINITY)]));
  await expect(train(trainer, 0, 40)).rejects.toThrow('choose a lower learning rate');
  const single = { ...settings, precision: 'float32' } as const;
  const graph = new Graph(gradientOptions(single));
  buildGradients(graph, single);
  expect([...graph.outputs.keys()]).toEqual(['loss', 'gradient']);
});
