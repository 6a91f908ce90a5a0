import { z } from 'zod';
import { invertMask } from '../../models/mask-filters';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'mask/invert',
  version: 1,
  title: 'Mask invert',
  help: 'Repaints what was kept, and keeps what was repainted.',
  icon: 'contrast',
  params: z.object({}),
  in: { mask: 'mask' },
  out: { mask: 'mask' },
  run: async ({ in: { mask }, device }) => ({ mask: { tensor: await invertMask(device, mask.tensor) } }),
});
