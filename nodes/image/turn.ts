import { z } from 'zod';
import { turn, turns } from '../../models/layout';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'image/turn',
  version: 1,
  title: 'Image flip',
  help: 'Flips a picture or rotates it by quarters.',
  icon: 'flip-horizontal',
  params: z.object({
    how: z.enum(turns).default('flip left to right').meta({ description: 'Which way to flip it or to rotate it.' }),
  }),
  in: { image: { kind: 'image', help: 'The picture to turn.' } },
  out: { image: { kind: 'image', help: 'The picture, turned; by quarters, width and height change places.' } },
  run: async ({ in: { image }, params, device }) => ({
    image: { tensor: await turn(device, image.tensor, params.how) },
  }),
});
