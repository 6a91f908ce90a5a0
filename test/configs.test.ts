import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAutoencoderConfig } from '../models/autoencoder-config';
import { parseClipTextConfig } from '../models/clip-text-config';
import { parseSchedulerConfig } from '../models/scheduler-config';
import { parseUNetConfig } from '../models/unet-config';
import recorded from './fixtures/parameter-shapes.json';

/** Real configs and what reads them. */
const models = [
  { name: 'UNet', parse: (json: unknown) => parseUNetConfig(json), config: recorded['sd21 unet'].config },
  { name: 'VAE', parse: (json: unknown) => parseAutoencoderConfig(json), config: recorded['sd15 vae'].config },
  {
    name: 'text encoder',
    parse: (json: unknown) => parseClipTextConfig(json),
    config: recorded['sd21 text encoder'].config,
  },
];

const fieldName = fc.oneof(
  fc.string({ minLength: 1, maxLength: 40 }),
  fc.stringMatching(/^[a-z_]{3,30}$/),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'class_embeddings', 'num_layers', 'motion_modules'),
);

/** As a file would give it: `__proto__` is then a field like any other. */
const withField = (config: object, field: string, value: unknown): unknown =>
  JSON.parse(`${JSON.stringify(config).slice(0, -1)},${JSON.stringify(field)}:${JSON.stringify(value)}}`);

describe.each(models)('the config of a $name', ({ parse, config }) => {
  test('is accepted as published', () => {
    expect(() => parse(config)).not.toThrow();
  });

  test('with a field that is not known is refused by the name of the field', () => {
    const known = new Set<string>();
    fc.assert(
      fc.property(fieldName, fc.jsonValue({ maxDepth: 2 }), (field, value) => {
        const message = messageOf(() => parse(withField(config, field, value)));
        // The fields that mean nothing here, `dropout` and the like, pass whatever they say.
        if (message === undefined) known.add(field);
        else expect(message).toContain(field);
      }),
      { numRuns: 300 },
    );
    expect([...known]).toEqual([]);
  });

  test('with anything in place of a value is read or refused with a sentence, soon', () => {
    const hostile = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(1e308, -1, 2 ** 53, 0, 1e9, '', null, true),
      fc.array(fc.constantFrom(1e308, 320, null, 'DownBlock2D', true), { maxLength: 20_000 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(config)), hostile, (field, value) => {
        const begin = performance.now();
        const message = messageOf(() => parse({ ...config, [field]: value }));
        expect(performance.now() - begin).toBeLessThan(1000);
        if (message !== undefined) {
          expect(message).toContain(field);
          expect(message).toMatch(/\.$/);
          expect(message.length).toBeLessThan(600);
        }
      }),
      { numRuns: 300 },
    );
  });

  test.each([[null], [[]], ['text'], [3]])('%j is no config', (json) => {
    expect(messageOf(() => parse(json))).toMatch(/config\.json is not a config.*\.$/);
  });
});

describe('what a UNet of another family has is refused by name:', () => {
  test.each([
    ['addition_embed_type', 'text_time'],
    ['class_embed_type', 'projection'],
    ['num_class_embeds', 1000],
    ['encoder_hid_dim_type', 'text_proj'],
    ['resnet_time_scale_shift', 'scale_shift'],
    ['time_cond_proj_dim', 256],
    ['time_embedding_type', 'fourier'],
    ['dual_cross_attention', true],
    ['conv_in_kernel', 1],
    ['act_fn', 'mish'],
    ['mid_block_type', 'UNetMidBlock2DSimpleCrossAttn'],
    ['center_input_sample', true],
    ['num_attention_heads', 8],
    ['attention_type', 'gated'],
    ['transformer_layers_per_block', [1, 2]],
    ['block_out_channels', [320, 640]],
    ['cross_attention_dim', [768, 768, 1024, 1024]],
  ])('%s: %j', (field, value) => {
    expect(messageOf(() => parseUNetConfig({ ...recorded['sd21 unet'].config, [field]: value }))).toContain(field);
  });

  test('a block, with its place in the list', () => {
    const blocks = recorded['sd21 unet'].config.down_block_types.with(2, 'AttnDownBlock2D');
    const message = messageOf(() => parseUNetConfig({ ...recorded['sd21 unet'].config, down_block_types: blocks }));
    expect(message).toBe(
      'unet/config.json: the field "down_block_types.2" is "AttnDownBlock2D", which Weft does not support. ' +
        'Invalid option: expected one of "CrossAttnDownBlock2D"|"DownBlock2D".',
    );
  });
});

test('the noise schedule of a scheduler is read, with the defaults of its class', () => {
  const published = { _class_name: 'PNDMScheduler', beta_start: 0.00085, beta_end: 0.012, skip_prk_steps: true };
  expect(parseSchedulerConfig({ ...published, beta_schedule: 'scaled_linear', steps_offset: 1 })).toEqual({
    predictionType: 'epsilon',
    noiseSchedule: {
      trainTimesteps: 1000,
      betaStart: 0.00085,
      betaEnd: 0.012,
      betaSchedule: 'scaled_linear',
      setAlphaToOne: false,
      stepsOffset: 1,
    },
  });
  expect(parseSchedulerConfig({ _class_name: 'DDIMScheduler' }).noiseSchedule.setAlphaToOne).toBe(true);
  expect(parseSchedulerConfig({ rescale_betas_zero_snr: true }).noiseSchedule.rescaleBetasZeroSnr).toBe(true);
  expect(messageOf(() => parseSchedulerConfig({ trained_betas: [0.1, 0.2] }))).toContain('trained_betas');
});

function messageOf(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
