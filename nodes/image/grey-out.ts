import { z } from 'zod';
import { greyOut } from '../../models/mask-arithmetic';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'image/grey-out',
  version: 1,
  title: 'Grey out',
  help: 'Covers what the mask covers with mid grey: the picture that inpainting models are shown.',
  formula: '0.5 + (1 − m) · (x − 0.5)',
  symbols: { m: 'mask', x: 'image' },
  icon: 'eraser',
  params: z.object({}),
  in: {
    image: { kind: 'image', help: 'The picture to repaint.' },
    mask: { kind: 'mask', help: 'What is to be repainted.' },
  },
  out: { image: { kind: 'image', help: 'The picture with mid grey where the mask is white.' } },
  foresee: ({ sizes: { image } }) => ({ sizes: { image } }),
  run: async ({ in: { image, mask }, device }) => ({
    image: { tensor: await greyOut(device, image.tensor, mask.tensor, { scaling: 'nearest', edges: 'hard' }) },
  }),
});
