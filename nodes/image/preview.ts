import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'image/preview',
  version: 1,
  title: 'Image preview',
  help: 'Shows the picture on the canvas.',
  icon: 'photo-scan',
  params: z.object({}),
  in: { image: 'image' },
  out: {},
  shows: 'image',
  run: () => ({}),
});
