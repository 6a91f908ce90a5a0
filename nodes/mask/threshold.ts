import { z } from 'zod';
import { thresholdMask } from '../../models/mask-filters';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'mask/threshold',
  version: 1,
  title: 'Mask threshold',
  help: 'Makes a grey mask black and white.',
  formula: 'm ≥ limit',
  symbols: { m: 'mask' },
  icon: 'filter',
  params: z.object({
    limit: z.number().min(0).max(1).default(0.5).meta({ step: 0.05, description: 'From here on it is repainted.' }),
  }),
  in: { mask: { kind: 'mask', help: 'The mask with greys.' } },
  out: { mask: { kind: 'mask', help: 'The mask in black and white.' } },
  run: async ({ in: { mask }, params, device }) => ({
    mask: { tensor: await thresholdMask(device, mask.tensor, params.limit) },
  }),
});
