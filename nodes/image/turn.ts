import { z } from 'zod';
import { turn, turns } from '../../models/layout';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'image/turn',
  version: 1,
  title: 'Image flip',
  help: 'Flips a picture or rotates it by quarters.',
  icon: 'flip-horizontal',
  params: z.object({ how: z.enum(turns).default('flip left to right') }),
  in: { image: 'image' },
  out: { image: 'image' },
  run: async ({ in: { image }, params, device }) => ({
    image: { tensor: await turn(device, image.tensor, params.how) },
  }),
});
