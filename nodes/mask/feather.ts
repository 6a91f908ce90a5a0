import { z } from 'zod';
import { featherMask } from '../../models/mask-filters';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'mask/feather',
  version: 1,
  title: 'Mask feather',
  help: 'Softens the edge of a mask, so that what is repainted blends in.',
  formula: 'w = e^(−d^2 / (2 · radius^2))',
  symbols: { w: 'weight of a pixel', d: 'its distance' },
  alsoCalled: 'FeatherMask, blur mask',
  icon: 'blur',
  params: z.object({
    radius: z
      .number()
      .min(0)
      .max(64)
      .default(8)
      .meta({ unit: 'px', description: 'Standard deviation of a Gaussian blur.' }),
  }),
  in: { mask: { kind: 'mask', help: 'The mask with a hard edge.' } },
  out: { mask: { kind: 'mask', help: 'The mask with a soft one.' } },
  run: async ({ in: { mask }, params, device }) => ({
    mask: { tensor: await featherMask(device, mask.tensor, params.radius) },
  }),
});
