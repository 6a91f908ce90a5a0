import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'image/preview',
  version: 1,
  title: 'Image preview',
  help: 'Shows the picture on the canvas, and makes a run compute it.',
  alsoCalled: 'Preview Image',
  icon: 'photo-scan',
  params: z.object({}),
  in: { image: { kind: 'image', help: 'The picture to look at; of a list, all of them.' } },
  out: {},
  shows: 'image',
  run: () => ({}),
});
