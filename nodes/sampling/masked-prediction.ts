import { z } from 'zod';
import { maskEdges, maskPrediction, maskScalings } from '../../models/mask-arithmetic';
import { defineNode } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';

export default defineNode({
  type: 'sampling/masked-prediction',
  version: 1,
  title: 'Masked prediction',
  help: 'ComfyUI’s noise mask after the UNet: outside of the mask the denoised picture is the one that was encoded.',
  formula: 'denoised′ = m · denoised + (1 − m) · picture',
  symbols: { m: 'mask' },
  icon: 'mask',
  params: z.object({
    scaling: z.enum(maskScalings).default('bilinear').meta({
      advanced: true,
      description: 'How the mask comes to the size of the latent: bilinear as ComfyUI, nearest as diffusers.',
    }),
    edges: z.enum(maskEdges).default('soft').meta({
      advanced: true,
      description: 'Hard rounds the mask, as ComfyUI did before 2023; soft takes it as it is.',
    }),
  }),
  in: {
    prediction: { kind: 'prediction', help: 'After CFG.' },
    seen: {
      kind: 'latent',
      help: 'What the UNet was asked about: the latent with the noised picture outside the mask.',
    },
    latent: { kind: 'latent', help: 'The latent of the zone, which the sampler step goes on from.' },
    picture: { kind: 'latent', optional: true, help: 'The encoded picture.' },
    mask: {
      kind: 'mask',
      optional: true,
      help: 'What is repainted; without it that of the picture, and where it has none the prediction passes as it is.',
    },
    step: { kind: 'step', help: 'The step of the zone.' },
  },
  out: {
    prediction: { kind: 'prediction', help: 'The prediction whose denoised picture is the old one outside the mask.' },
  },
  async run({ in: { prediction, seen, latent, picture, mask, step }, params, device }) {
    const { type } = prediction;
    const covered = mask?.tensor ?? picture?.mask;
    if (!covered || !picture) return { prediction };
    const tensors = {
      prediction: prediction.tensor,
      seen: seen.tensor,
      latent: latent.tensor,
      picture: picture.tensor,
      mask: covered,
    };
    const reading = step.step.denoised[type];
    if (!reading)
      throw new ProblemError({
        port: 'step',
        what: `This sampler cannot read predictions of the type ${type}.`,
        cure: 'Choose another sampler.',
      });
    const tensor = await maskPrediction(device, tensors, reading, params);
    return { prediction: { tensor, type } };
  },
});
