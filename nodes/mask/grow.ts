import { z } from 'zod';
import { growMask } from '../../models/mask-filters';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'mask/grow',
  version: 1,
  title: 'Mask grow',
  help: 'Grows or shrinks what is masked; the result is black and white.',
  alsoCalled: 'GrowMask',
  icon: 'artboard',
  params: z.object({
    pixels: z
      .int()
      .min(-64)
      .max(64)
      .default(6)
      .meta({ unit: 'px', description: 'How far to every side; below 0 it shrinks.' }),
  }),
  in: { mask: { kind: 'mask', help: 'The mask to grow.' } },
  out: { mask: { kind: 'mask', help: 'The mask with its edge moved.' } },
  run: async ({ in: { mask }, params, device }) => ({
    mask: { tensor: await growMask(device, mask.tensor, params.pixels) },
  }),
});
