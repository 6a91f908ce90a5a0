import { expect, test } from 'vitest';
import { z } from 'zod';
import { compute } from '../models/arithmetic';
import { registry } from '../nodes/registry';
import { type AnyNode, defineNode, type Host } from '../src/core/define-node';
import type { Device, Tensor } from '../src/core/device';
import { type Document, parseDocument } from '../src/core/document';
import type { Trajectory, UNet } from '../src/core/values';
import { drawNoise } from '../src/diffusion/random';
import { compileSchedule } from '../src/diffusion/schedule';
import { OutputCache } from '../src/engine/cache';
import { RunControl } from '../src/engine/control';
import { plan } from '../src/engine/plan';
import { run } from '../src/engine/run';
import { TensorUse } from '../src/engine/tensor-use';
import { add } from '../src/onnx/ops/add';
import { clip } from '../src/onnx/ops/clip';
import { multiply } from '../src/onnx/ops/multiply';
import {
  cases,
  DIMS,
  expectTrace,
  NOISE,
  noiseOf,
  PATTERN,
  type RecordedCase,
  SIZE,
  START,
  seed,
} from './recorded-schedules';

const scalar = (device: Device, value: number) => device.tensor(Float32Array.of(value), [1]);

/** A network of arithmetic in the place of a UNet: clamp(scale * x, -3, 3) * 0.5 * timestep / 1000 + 0.25 * pattern. */
function standIn({ schedule, prediction }: RecordedCase): UNet {
  return {
    key: `stand-in ${JSON.stringify(schedule)} ${prediction}`,
    title: 'Stand-in',
    inputChannels: 4,
    latentChannels: 4,
    predictionType: prediction,
    noiseSchedule: schedule,
    contextWidth: 1,
    async predict(device, { latent, inputScale, timestep, contexts }) {
      const feeds = {
        latent,
        scale: scalar(device, inputScale),
        half: scalar(device, 0.5),
        time: scalar(device, Math.fround(timestep) / 1000),
        pattern: device.tensor(
          PATTERN.map((value) => value * 0.25),
          DIMS,
        ),
      };
      const tensors: Tensor[] = [];
      for (const _ of contexts)
        tensors.push(
          await compute(device, 'stand-in', feeds, ({ latent: x, scale, half, time, pattern }) =>
            add(multiply(multiply(clip(multiply(x, scale), -3, 3), half), time), pattern),
          ),
        );
      for (const [name, tensor] of Object.entries(feeds)) if (name !== 'latent') device.dispose(tensor);
      return tensors;
    },
  };
}

/** The nodes around the denoise zone: they send what a case starts from. */
function sources(recordedCase: RecordedCase): [string, AnyNode][] {
  const latent = (values: Float32Array<ArrayBuffer>) => (device: Device) => ({
    tensor: device.tensor(values.slice(), DIMS),
    generator: { seed, draws: 0 },
  });
  const fromPicture = (recordedCase.settings.strength ?? 1) < 1;
  const plain = { version: 1, help: '', icon: 'box', params: z.object({}), in: {} };
  return [
    defineNode({
      ...plain,
      type: 'test/noise',
      title: 'Noise',
      out: { latent: 'latent' },
      run: ({ device }) => ({ latent: latent(fromPicture ? NOISE : START)(device) }),
    }),
    defineNode({
      ...plain,
      type: 'test/picture',
      title: 'Picture',
      out: { latent: 'latent' },
      run: ({ device }) => ({ latent: latent(START)(device) }),
    }),
    defineNode({
      ...plain,
      type: 'test/model',
      title: 'Model',
      out: { unet: 'unet', conditioning: 'conditioning' },
      run: ({ device }) => ({
        unet: standIn(recordedCase),
        conditioning: [
          { tokens: device.tensor(new Float32Array(77), [1, 77, 1]), strip: { chunks: [], cut: '', unknown: [] } },
        ],
      }),
    }),
  ].map((node) => [node.type, node as AnyNode]);
}

function graphOf({ settings }: RecordedCase): Document {
  const types = {
    noise: 'test/noise',
    picture: 'test/picture',
    model: 'test/model',
    scheduler: 'sampling/scheduler',
    start: 'sampling/denoise-start',
    unet: 'sampling/unet-step',
    step: 'sampling/sampler-step',
    end: 'sampling/denoise-end',
  };
  const wires = [
    'noise.latent start.noise',
    'model.unet scheduler.unet',
    'scheduler.schedule start.schedule',
    'model.unet unet.unet',
    'model.conditioning unet.conditioning',
    'start.latent unet.latent',
    'start.step unet.step',
    'start.latent step.latent',
    'start.step step.step',
    'unet.prediction step.prediction',
    'step.latent end.latent',
    ...((settings.strength ?? 1) < 1 ? ['picture.latent start.picture'] : []),
  ];
  return parseDocument(
    JSON.stringify({
      format: 'weft',
      version: 1,
      id: 'schedules',
      name: 'Schedules',
      nodes: Object.entries(types).map(([id, type]) => ({
        id,
        type,
        version: 1,
        at: [0, 0],
        params: id === 'scheduler' ? settings : {},
      })),
      wires: wires.map((wire) => {
        const [from, to] = wire.split(' ').map((end) => end.split('.'));
        return { from, to };
      }),
      zones: [{ id: 'denoise', start: 'start', end: 'end' }],
      frames: [],
    }),
  );
}

/** The device, but where a Brownian path was recorded that arrives in the place of what the generator draws. */
function withRecordedNoise(device: Device, recordedCase: RecordedCase): Device {
  if (!recordedCase.draws.length) return device;
  const { settings, schedule } = recordedCase;
  const sigmas = [...compileSchedule({ ...settings, noiseSchedule: schedule }).steps.map(({ sigma }) => sigma), 0];
  const drawn = Array.from({ length: recordedCase.draws.length / SIZE }, (_, draws) =>
    drawNoise({ seed, draws }, SIZE).noise.join(),
  );
  return new Proxy(device, {
    get(target, name) {
      if (name === 'tensor')
        return (data: Float32Array<ArrayBuffer>, dims: readonly number[]) => {
          const index = data.length === SIZE ? drawn.indexOf(data.join()) : -1;
          return target.tensor(index < 0 ? data : noiseOf(recordedCase, index, sigmas), dims);
        };
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

const host: Host = {
  document: '',
  save: () => Promise.reject(new Error('Nothing is saved here.')),
  decodeImage: () => Promise.reject(new Error('There are no pictures here.')),
  open: () => Promise.reject(new Error('There are no files here.')),
  folder: () => Promise.reject(new Error('There are no folders here.')),
};

/** The sample after each evaluation of a denoise zone. */
async function runZone(device: Device, recordedCase: RecordedCase): Promise<Float32Array[]> {
  const own = withRecordedNoise(device, recordedCase);
  const use = new TensorUse(own);
  const problems: unknown[] = [];
  const samples: Float32Array[] = [];
  const nodes = new Map([...registry, ...sources(recordedCase)]);
  await run(
    plan(graphOf(recordedCase), nodes, ['end']),
    {
      device: own,
      host,
      use,
      control: new RunControl(),
      emit: (event) => event.type === 'failed' && problems.push(event.problem),
      async observe({ node, port, value }) {
        if (node !== 'end' || port !== 'trajectory') return;
        for (const { tensor } of (value as Trajectory).latents)
          samples.push(Float32Array.from(await device.read(tensor)));
      },
    },
    new OutputCache(use, { gpu: 0, host: 0 }),
  );
  expect(problems).toEqual([]);
  expect(use.size).toBe(0);
  return samples;
}

/** All recorded schedules through the engine: scheduler, denoise zone, UNet step and sampler step as nodes. */
export function testSchedules(makeDevice: () => Promise<Device>): void {
  let device: Promise<Device> | undefined;
  test.each(cases.map((recordedCase) => [recordedCase.id, recordedCase] as const))(
    'the denoise zone steps as diffusers does: %s',
    async (_, expected) => {
      device ??= makeDevice();
      expectTrace(expected, await runZone(await device, expected));
    },
  );
}
