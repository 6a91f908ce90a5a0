import { expect, test } from 'vitest';
import type { Weights } from '../src/onnx/weights';
import recorded from '../test/fixtures/parameter-shapes.json';
import { parseAutoencoderConfig } from './autoencoder-config';
import { parseClipTextConfig } from './clip-text-config';
import { clipTextConfig, unetConfig, vaeConfig } from './derived-configs';
import { identify } from './model-kind';
import { levelsOf, parseUNetConfig } from './unet-config';

type Name = keyof typeof recorded;

const shapesOf = (name: Name): Readonly<Record<string, number[]>> => recorded[name].parameters;

/** Shapes without numbers. */
function hollow(name: Name): Weights {
  const refuse = () => {
    throw new Error('A config is derived from shapes alone.');
  };
  const shapes = shapesOf(name);
  return {
    names: Object.keys(shapes),
    shape: (key) => shapes[key],
    dtype: () => 'F16',
    read: refuse,
    readRows: refuse,
  };
}

test.each([
  ['sd15 unet', 'unet', 'sd1'],
  ['sd15 inpainting unet', 'unet', 'sd1'],
  ['sd15 vae', 'vae', 'sd1'],
  ['sd15 text encoder', 'text-encoder', 'sd1'],
  ['sd21 unet', 'unet', 'sd2'],
  ['sd21 text encoder', 'text-encoder', 'sd2'],
] as const)('%s is known by its shapes', (name, kind, family) => {
  const tensors = new Map(Object.entries(shapesOf(name)).map(([key, shape]) => [key, { shape, dtype: 'F16' }]));
  expect(identify(tensors)).toMatchObject({ kind, family });
});

test.each(['sd15 unet', 'sd15 inpainting unet', 'sd21 unet'] as const)(
  'the shapes of %s give the config that was released with it',
  (name) => {
    const [derived, released] = [unetConfig(hollow(name)), recorded[name].config].map((config) =>
      parseUNetConfig(config),
    );
    expect(levelsOf(derived as NonNullable<typeof derived>)).toEqual(
      levelsOf(released as NonNullable<typeof released>),
    );
    for (const field of [
      'in_channels',
      'out_channels',
      'mid_block_type',
      'norm_num_groups',
      'cross_attention_dim',
    ] as const)
      expect(derived?.[field], field).toEqual(released?.[field]);
  },
);

test('the shapes of the VAE of SD 1.5 give its config', () => {
  const released = parseAutoencoderConfig(recorded['sd15 vae'].config) as Record<string, unknown>;
  const derived = parseAutoencoderConfig(vaeConfig(hollow('sd15 vae'))) as Record<string, unknown>;
  for (const [field, value] of Object.entries(derived)) expect(value, field).toEqual(released[field]);
});

test.each([
  ['sd15 text encoder', 'sd1'],
  ['sd21 text encoder', 'sd2'],
] as const)('the shapes of the %s give its config', (name, family) => {
  const released = parseClipTextConfig(recorded[name].config) as Record<string, unknown>;
  const derived = parseClipTextConfig(clipTextConfig(hollow(name), family)) as Record<string, unknown>;
  for (const [field, value] of Object.entries(derived)) expect(value, field).toEqual(released[field]);
});
