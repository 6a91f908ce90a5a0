import { z } from 'zod';
import { invertMask } from '../../models/mask-filters';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'mask/invert',
  version: 1,
  title: 'Mask invert',
  help: 'Repaints what was kept, and keeps what was repainted.',
  formula: '1 − m',
  symbols: { m: 'mask' },
  icon: 'contrast',
  params: z.object({}),
  in: { mask: { kind: 'mask', help: 'The mask to turn round.' } },
  out: { mask: { kind: 'mask', help: 'White where it was black.' } },
  run: async ({ in: { mask }, device }) => ({ mask: { tensor: await invertMask(device, mask.tensor) } }),
});
