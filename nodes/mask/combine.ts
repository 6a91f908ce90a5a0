import { z } from 'zod';
import { combineMasks, maskUnions } from '../../models/mask-filters';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'mask/combine',
  version: 1,
  title: 'Mask combine',
  help: 'Makes one mask of two of the same size.',
  icon: 'layers-union',
  params: z.object({
    how: z
      .enum(maskUnions)
      .default('add')
      .meta({ description: 'What either covers, what both cover, or the first without the second.' }),
  }),
  in: { first: { kind: 'mask', help: 'One mask.' }, second: { kind: 'mask', help: 'Another of the same size.' } },
  out: { mask: { kind: 'mask', help: 'What both make together.' } },
  run: async ({ in: { first, second }, params, device }) => ({
    mask: { tensor: await combineMasks(device, first.tensor, second.tensor, params.how) },
  }),
});
