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
  icon: 'stack-front',
  params: z.object({ left: pixels, top: pixels }),
  in: {
    onto: 'image',
    image: 'image',
    mask: { kind: 'mask', optional: true, help: 'Which part of the upper picture shows; without it all.' },
  },
  out: { image: 'image' },
  foresee: ({ sizes: { onto } }) => ({ sizes: { image: onto } }),
  run: async ({ in: { onto, image, mask }, params, device }) => ({
    image: { tensor: await paste(device, onto.tensor, image.tensor, mask?.tensor, params) },
  }),
});
