import { z } from 'zod';
import { linearCombination } from '../../models/arithmetic';
import { blendMasked } from '../../models/mask-arithmetic';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'sampling/masked-latent',
  version: 1,
  title: 'Masked latent',
  help: 'ComfyUI’s noise mask before the UNet: outside of the picture’s mask it sees the picture, as noisy as this step is.',
  formula: 'm · latent + (1 − m) · (signal · picture + σ · noise)',
  symbols: {
    m: 'mask of the picture',
    signal: 'how much of a picture is left at this step',
    σ: 'noise level of this step',
  },
  icon: 'mask',
  params: z.object({}),
  in: {
    latent: { kind: 'latent', help: 'The latent of the zone.' },
    picture: {
      kind: 'latent',
      optional: true,
      help: 'The encoded picture; where it has no noise mask the latent passes as it is.',
    },
    noise: { kind: 'latent', help: 'The noise that the zone started from.' },
    step: { kind: 'step', help: 'The step of the zone.' },
  },
  out: { latent: { kind: 'latent', help: 'What the UNet is to look at.' } },
  foresee: ({ sizes: { latent } }) => ({ sizes: { latent } }),
  async run({ in: { latent, picture, noise, step }, device }) {
    if (!picture?.mask) return { latent };
    const { level } = step.step;
    const outside = await linearCombination(device, [
      { tensor: picture.tensor, coefficient: level.signal },
      { tensor: noise.tensor, coefficient: level.noise },
    ]);
    const tensors = { outside, inside: latent.tensor, mask: picture.mask };
    const tensor = await blendMasked(device, tensors, { scaling: 'bilinear', edges: 'soft' });
    device.dispose(outside);
    return { latent: { tensor } };
  },
});
