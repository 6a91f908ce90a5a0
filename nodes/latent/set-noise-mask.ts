import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'latent/set-noise-mask',
  version: 1,
  title: 'Noise mask',
  help: 'Tells ComfyUI’s samplers which part of a latent to repaint; the rest stays as it is.',
  alsoCalled: 'Set Latent Noise Mask, inpaint',
  icon: 'mask',
  params: z.object({}),
  in: {
    latent: { kind: 'latent', help: 'An encoded picture.' },
    mask: { kind: 'mask', optional: true, help: 'What is repainted; without it all of the picture.' },
    like: { kind: 'latent', optional: true, help: 'Take the mask of this latent instead, if it has one.' },
  },
  out: { latent: { kind: 'latent', help: 'The latent with its mask, for a KSampler.' } },
  foresee: ({ sizes: { latent } }) => ({ sizes: { latent } }),
  run({ in: { latent, mask, like } }) {
    const { mask: _, ...bare } = latent;
    const tensor = mask?.tensor ?? like?.mask;
    return { latent: tensor ? { ...bare, mask: tensor } : bare };
  },
});
