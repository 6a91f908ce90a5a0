import { beforeAll, expect, test } from 'vitest';
import { noisyBatch, type TimestepChoice } from '../models/training/noisy-batch';
import trainingPictures from '../nodes/training/training-pictures';
import type { DecodedImage, Host } from '../src/core/define-node';
import type { Device } from '../src/core/device';
import type { NoiseSchedule, PredictionType } from '../src/core/sampler-table';
import type { Image } from '../src/core/values';
import { trainedNoise } from '../src/diffusion/trained-noise';
import { createNodeDevice } from '../src/engine/device/node';
import { bytesInMemory } from '../src/formats/bytes';

let device: Device;
beforeAll(async () => {
  device = await createNodeDevice();
});

/** Red grows from left to right, green from top to bottom. */
function slope(width: number, height: number): DecodedImage {
  const data = new Float32Array(3 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      data[y * width + x] = (x + 0.5) / width;
      data[(height + y) * width + x] = (y + 0.5) / height;
    }
  return { data, width, height };
}

const files: Record<string, DecodedImage> = { 'wide.png': slope(192, 64), 'tall.png': slope(64, 128) };

async function prepared(params: Record<string, unknown>) {
  const run = trainingPictures.run as NonNullable<typeof trainingPictures.run>;
  const names = Object.keys(files);
  const host = {
    open: async (name: string) => bytesInMemory(Uint8Array.of(names.indexOf(name))),
    decodeImage: async (bytes: Uint8Array) => files[names[bytes[0] ?? 0] ?? ''],
  } as unknown as Host;
  const asked = { in: {}, params: trainingPictures.params.parse({ width: 64, height: 64, ...params }), device, host };
  const { image, ...rest } = (await run(asked as unknown as Parameters<typeof run>[0])) as unknown as {
    image: Image;
    captions: string;
    classPrompts: { value: string }[];
  };
  return { ...rest, dims: image.tensor.dims, data: await device.read(image.tensor) };
}

const PLANE = 64 * 64;

test('files of any size become pictures of one size, from the middle, whole or as tiles, and mirrored', async () => {
  const both = 'wide.png\ntall.png';
  const middle = await prepared({ files: both, captions: 'a\n\n b ', classPrompts: 'a dog\na house' });
  expect(middle.dims).toEqual([4, 3, 64, 64]);
  expect(middle.captions).toBe('a\nb');
  expect(middle.classPrompts.map(({ value }) => value)).toEqual(['a dog', 'a house']);
  // The middle third of the wide one, and its mirror image after both.
  expect(middle.data[0]).toBeCloseTo(1 / 3 + 0.5 / 192, 2);
  expect(middle.data[63]).toBeCloseTo(2 / 3 - 0.5 / 192, 2);
  expect(middle.data[2 * 3 * PLANE]).toBe(middle.data[63]);
  expect(middle.data[3 * PLANE + PLANE]).toBeCloseTo(0.25 + 0.5 / 128, 2);
  const whole = await prepared({ files: both, cut: 'whole', mirror: false });
  expect(whole.dims[0]).toBe(2);
  expect(whole.data[0]).toBeLessThan(0.02);
  expect(whole.data[63]).toBeGreaterThan(0.98);
  const tiles = await prepared({ files: both, cut: 'tiles', mirror: false });
  expect(tiles.dims[0]).toBe(3 + 2);
  expect(tiles.data[3 * PLANE]).toBeCloseTo(1 / 3 + 0.5 / 192, 2);
  expect(tiles.classPrompts).toHaveLength(1);
});

test('no pictures, and sheets smaller than a tile, are refused in words', async () => {
  await expect(prepared({})).rejects.toThrow('no pictures');
  await expect(prepared({ files: 'wide.png', cut: 'tiles', height: 128 })).rejects.toThrow('smaller than a tile');
});

const schedule: NoiseSchedule = {
  betaSchedule: 'scaled_linear',
  betaStart: 0.00085,
  betaEnd: 0.012,
  trainTimesteps: 1000,
  setAlphaToOne: false,
  stepsOffset: 1,
};

test('timesteps are drawn as often as min-SNR weighs them', () => {
  const { alphas } = trainedNoise(schedule);
  const drawn = (predictionType: PredictionType, timesteps: TimestepChoice) => {
    const latents = [new Float32Array(1)];
    const model = { predictionType, noiseSchedule: schedule };
    const all = Array.from({ length: 400 }, (_, step) =>
      noisyBatch(latents, model, { seed: '3', step, batch: 8, timesteps }),
    );
    return all.flatMap((batch) => batch.timesteps);
  };
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(meanOf(drawn('epsilon', 'even'))).toBeCloseTo(499.5, -1);
  for (const type of ['epsilon', 'v_prediction'] as const) {
    // https://arxiv.org/abs/2303.09556, equation 5, and for v as in diffusers' train_text_to_image.py.
    const weights = [...alphas].map((alpha) => {
      const ratio = alpha / (1 - alpha);
      return Math.min(ratio, 5) / (type === 'epsilon' ? ratio : ratio + 1);
    });
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const wanted = weights.reduce((total, weight, timestep) => total + weight * timestep, 0) / sum;
    expect(Math.abs(meanOf(drawn(type, 'min-snr')) - wanted)).toBeLessThan(3);
  }
});
