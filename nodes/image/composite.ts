import { z } from 'zod';
import { paste } from '../../models/paste';
import { defineNode } from '../../src/core/define-node';

const pixels = z.int().min(-4096).max(4096).default(0).meta({ unit: 'px' });

export default defineNode({
  type: 'image/composite',
  version: 1,
  title: 'Image composite',
  help: 'Lays one picture on another, as far as the mask says: after inpainting it brings the untouched pixels back.',
  formula: '(1 − m) · onto + m · image',
  symbols: { m: 'mask' },
  icon: 'stack-front',
  params: z.object({
    left: pixels.meta({ description: 'How far from the left side the upper picture lies.' }),
    top: pixels.meta({ description: 'How far from the top the upper picture lies.' }),
  }),
  in: {
    onto: { kind: 'image', help: 'The lower picture; the result has its size.' },
    image: { kind: 'image', help: 'The upper picture.' },
    mask: { kind: 'mask', optional: true, help: 'Which part of the upper picture shows; without it all.' },
  },
  out: { image: { kind: 'image', help: 'Both in one.' } },
  foresee: ({ sizes: { onto } }) => ({ sizes: { image: onto } }),
  run: async ({ in: { onto, image, mask }, params, device }) => ({
    image: { tensor: await paste(device, onto.tensor, image.tensor, mask?.tensor, params) },
  }),
});
