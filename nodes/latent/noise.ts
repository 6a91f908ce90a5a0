import { z } from 'zod';
import { defineNode, seed } from '../../src/core/define-node';
import { cellPixels, rounded } from '../../src/core/foresight';
import { ProblemError } from '../../src/core/problem';
import { drawNoise, resizeDraws, startGenerator } from '../../src/diffusion/random';

const pixels = z.int().min(8).max(4096).meta({ step: 8, unit: 'px' });

export default defineNode({
  type: 'latent/noise',
  version: 1,
  title: 'Noise',
  help: 'The start of a picture: normal noise, bit for bit that of torch.randn for the same seed and size, always float32.',
  formula: 'n = √(−2 · ln u_1) · cos(2π · u_2)',
  symbols: { n: 'normal number', u_1: 'uniform number', u_2: 'uniform number' },
  alsoCalled: 'RandomNoise, seed',
  usualSource: true,
  icon: 'grain',
  params: z.object({
    seed: seed().default('42'),
    width: pixels.default(512).meta({ description: 'Width of the picture; a multiple of 8.' }),
    height: pixels.default(512).meta({ description: 'Height of the picture; a multiple of 8.' }),
    count: z.int().min(1).max(64).default(1).meta({ description: 'Pictures made at once, from one stream of noise.' }),
    draw: z
      .boolean()
      .default(true)
      .meta({ advanced: true, description: 'Draw noise at all; without, zeros: a sampler then adds none.' }),
    seeds: z.string().max(2000).default('').meta({
      advanced: true,
      description:
        'A seed for each picture instead, such as 7, 42: each has a stream of its own, as diffusers’ list of generators.',
    }),
    keep: z
      .string()
      .regex(/^[\d\s,;]*$/, 'Write whole numbers with commas between them.')
      .max(2000)
      .default('')
      .meta({
        advanced: true,
        description:
          'Pictures of a larger batch, counted from 0, such as 2 or 0, 3: those before are drawn and thrown away (ComfyUI’s batch index).',
      }),
  }),
  in: {
    vae: { kind: 'vae', optional: true, help: 'Whose latents to match; without it those of Stable Diffusion.' },
    after: {
      kind: 'latent',
      optional: true,
      help: 'An encoded picture: the noise gets its size, and goes on in its stream of random numbers if it has one.',
    },
  },
  out: { latent: { kind: 'latent', help: 'Pure noise, for a denoise zone to start from.' } },
  foresee({ params: { width, height, count = 1, seeds = '', keep = '' }, sizes: { after }, wired }) {
    const images = (keep || seeds).split(/[\s,;]+/).filter(Boolean).length || count;
    if (wired.has('after')) return { sizes: { latent: after && { ...after, count: after.count ?? images } } };
    if (width === undefined || height === undefined) return {};
    const near = rounded({ width, height });
    if (!near) return { sizes: { latent: { width: width / cellPixels, height: height / cellPixels, count: images } } };
    const port = near.width === width ? 'height' : 'width';
    const what = `A ${port} of ${port === 'width' ? width : height} px does not divide into latents of ${cellPixels} px.`;
    const cure = `Take ${near[port]}.`;
    return { problems: [{ port, what, cure, set: { label: `Set ${near[port]}`, params: near } }] };
  },
  run({ in: { vae, after }, params, device }) {
    const keep = params.keep
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map(Number);
    const [batch = 0, ...shape] = after?.tensor.dims ?? [0, ...latentShape()];
    const each = shape.reduce((n, dim) => n * dim, 1);
    const stream = after?.generator ?? startGenerator(params.seed, params.seeds);
    if (keep.length) return kept();
    if (!params.draw) return silence();
    const count = stream.seeds?.length ?? (batch > 1 ? batch : params.count);
    const { noise, generator } = drawNoise(resizeDraws(stream, batch * each, count * each), count * each);
    return { latent: { tensor: device.tensor(noise, [count, ...shape]), generator } };

    /** Zeros in the size of the noise; what is drawn later comes from the start of the stream. */
    function silence() {
      const dims = [batch || params.count, ...shape];
      const zeros = new Float32Array(dims.reduce((n, dim) => n * dim, 1));
      return { latent: { tensor: device.tensor(zeros, dims), generator: stream } };
    }

    function latentShape(): number[] {
      const factor = vae?.factor ?? 8;
      const { width, height } = params;
      for (const [port, size] of Object.entries({ width, height }))
        if (size % factor)
          throw new ProblemError({
            port,
            what: `A ${port} of ${size} px does not divide into latents of ${factor} px.`,
            cure: `Take ${Math.max(1, Math.round(size / factor)) * factor}.`,
          });
      return [vae?.latentChannels ?? 4, height / factor, width / factor];
    }

    /** Every picture up to the last that is kept is drawn by itself, from one stream (comfy/sample.py, prepare_noise). */
    function kept() {
      if (stream.seeds)
        throw new ProblemError({
          port: 'keep',
          what: 'Pictures with a seed each have no batch to keep some of.',
          cure: 'Clear seeds or keep.',
        });
      const last = Math.max(...keep);
      if (last >= 4096)
        throw new ProblemError({ port: 'keep', what: `Keep names picture ${last}; batches end at 4096.` });
      const noise = new Float32Array(keep.length * each);
      let place = resizeDraws(stream, batch * each, each);
      for (let image = 0; image <= last; image++) {
        const drawn = drawNoise(place, each);
        for (const [i, index] of keep.entries()) if (index === image) noise.set(drawn.noise, i * each);
        place = drawn.generator;
      }
      const generator = resizeDraws(place, each, noise.length);
      return { latent: { tensor: device.tensor(noise, [keep.length, ...shape]), generator } };
    }
  },
});
