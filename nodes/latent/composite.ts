import { z } from 'zod';
import { paste } from '../../models/paste';
import { defineNode } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';

const cells = z.int().min(-512).max(512).default(0).meta({ unit: 'cells' });

export default defineNode({
  type: 'latent/composite',
  version: 1,
  title: 'Latent composite',
  help: 'Lays one latent on another. A cell of a latent is 8 px of the picture with Stable Diffusion.',
  formula: '(1 − m) · onto + m · latent',
  symbols: { m: 'mask' },
  icon: 'layers-intersect',
  params: z.object({
    left: cells.meta({ description: 'How far from the left side the upper latent lies.' }),
    top: cells.meta({ description: 'How far from the top the upper latent lies.' }),
    feather: z.int().min(0).max(512).default(0).meta({
      unit: 'cells',
      description: 'How far the upper latent fades out at those of its sides that lie inside.',
    }),
  }),
  in: {
    onto: { kind: 'latent', help: 'The lower latent; the result has its size.' },
    latent: { kind: 'latent', help: 'The upper latent.' },
    mask: { kind: 'mask', optional: true, help: 'Which part of the upper latent shows; without it all.' },
  },
  out: { latent: { kind: 'latent', help: 'Both in one.' } },
  foresee: ({ sizes: { onto } }) => ({ sizes: { latent: onto } }),
  async run({ in: { onto, latent, mask }, params, device }) {
    if (onto.tensor.dims[1] !== latent.tensor.dims[1])
      throw new ProblemError({
        port: 'latent',
        what: `One latent has ${latent.tensor.dims[1]} channels, the other ${onto.tensor.dims[1]}.`,
        cure: 'Take both from models of one family.',
      });
    const { feathered } = await import('../../models/feathered');
    const soft = params.feather && !mask ? feathered(latent.tensor.dims, onto.tensor.dims, params) : undefined;
    const faded = soft && device.tensor(soft.data, soft.dims);
    const tensor = await paste(device, onto.tensor, latent.tensor, faded ?? mask?.tensor, params);
    if (faded) device.dispose(faded);
    return { latent: { tensor, ...(onto.mask && { mask: onto.mask }) } };
  },
});
