import { z } from 'zod';
import { imageOfMask } from '../../models/mask-images';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'mask/to-image',
  version: 1,
  title: 'Mask to image',
  help: 'Shows a mask as a grey picture.',
  alsoCalled: 'Convert Mask to Image',
  icon: 'photo',
  params: z.object({}),
  in: { mask: { kind: 'mask', help: 'The mask to look at.' } },
  out: { image: { kind: 'image', help: 'A grey picture: white is repainted.' } },
  run: async ({ in: { mask }, device }) => ({ image: { tensor: await imageOfMask(device, mask.tensor) } }),
});
