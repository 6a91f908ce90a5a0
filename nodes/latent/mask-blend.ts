import { z } from 'zod';
import { blendMasked, maskEdges, maskScalings } from '../../models/mask-arithmetic';
import { defineNode } from '../../src/core/define-node';
import { differing, sizeWords } from '../../src/core/foresight';
import { ProblemError } from '../../src/core/problem';

export default defineNode({
  type: 'latent/mask-blend',
  version: 1,
  title: 'Mask blend',
  help: 'Takes what the mask covers from one latent and the rest from another. In a denoise zone it keeps what is not repainted.',
  formula: '(1 − m) · outside + m · inside',
  symbols: { m: 'mask' },
  alsoCalled: 'Set Latent Noise Mask, inpaint',
  icon: 'mask',
  params: z.object({
    scaling: z.enum(maskScalings).default('nearest').meta({
      advanced: true,
      description: 'How the mask comes to the size of the latent: nearest as diffusers, bilinear as ComfyUI.',
    }),
    edges: z.enum(maskEdges).default('hard').meta({
      advanced: true,
      description: 'Hard takes either latent, from half on; soft mixes them where the mask is grey.',
    }),
  }),
  in: {
    outside: { kind: 'latent', help: 'What is taken where the mask is black.' },
    inside: { kind: 'latent', help: 'What is taken where the mask is white.' },
    mask: { kind: 'mask', help: 'Which of the two counts where; it is brought to the size of the latents.' },
  },
  out: { latent: { kind: 'latent', help: 'Both in one.' } },
  foresee({ sizes: { outside, inside } }) {
    if (!outside || !inside || !differing({ outside, inside })) return { sizes: { latent: inside } };
    const what = `One latent has ${sizeWords(outside)} cells, the other ${sizeWords(inside)}.`;
    return { problems: [{ port: 'outside', what, cure: 'Bring them to one size.' }] };
  },
  async run({ in: { outside, inside, mask }, params, device }) {
    const [count, ...size] = outside.tensor.dims;
    const [images, ...wanted] = inside.tensor.dims;
    // One picture may stand behind a whole batch.
    if (size.join() !== wanted.join() || (count !== 1 && count !== images))
      throw new ProblemError({
        port: 'outside',
        what: `One latent is ${outside.tensor.dims.join(' × ')}, the other ${inside.tensor.dims.join(' × ')}.`,
        cure: 'Bring them to one size.',
      });
    const tensors = { outside: outside.tensor, inside: inside.tensor, mask: mask.tensor };
    return { latent: { tensor: await blendMasked(device, tensors, params) } };
  },
});
