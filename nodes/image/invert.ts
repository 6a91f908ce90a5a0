import { z } from 'zod';
import { invertMask } from '../../models/mask-filters';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'image/invert',
  version: 1,
  title: 'Invert image',
  help: 'Turns bright into dark and each colour into its opposite.',
  formula: '1 − image',
  alsoCalled: 'Invert Image, ImageInvert',
  icon: 'contrast',
  params: z.object({}),
  in: { image: { kind: 'image', help: 'The picture to turn round.' } },
  out: { image: { kind: 'image', help: 'Its negative.' } },
  foresee: ({ sizes: { image } }) => ({ sizes: { image } }),
  run: async ({ in: { image }, device }) => ({ image: { tensor: await invertMask(device, image.tensor) } }),
});
