import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'text/text-encoder',
  version: 1,
  title: 'Text encoder',
  help: 'Turns words into the numbers that steer the UNet. An empty text is the unconditional case.',
  icon: 'text-size',
  params: z.object({}),
  in: {
    encoder: 'text-encoder',
    text: 'text',
    embedding: { kind: 'embedding', optional: true, help: 'A learned word; its name in the text stands for it.' },
  },
  out: { conditioning: 'conditioning' },
  async run({ in: { encoder, text, embedding }, device }) {
    return { conditioning: await encoder.encode(device, text, embedding ? [embedding] : []) };
  },
});
