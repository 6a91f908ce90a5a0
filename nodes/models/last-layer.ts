import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'models/last-layer',
  version: 1,
  title: 'Clip skip',
  help: 'Lets a text encoder stop some layers early; many models for drawings were trained for 2.',
  alsoCalled: 'CLIP Set Last Layer, CLIPSetLastLayer',
  icon: 'stack-pop',
  params: z.object({
    clipSkip: z.int().min(1).max(24).default(2).meta({ description: 'Which layer to read, counted from the end.' }),
  }),
  in: { encoder: { kind: 'text-encoder', help: 'The model that reads the words.' } },
  out: { encoder: { kind: 'text-encoder', help: 'The same, reading an earlier layer.' } },
  async run({ in: { encoder }, params: { clipSkip } }) {
    const { readLayer } = await import('../../models/read-layer');
    return { encoder: readLayer(encoder, clipSkip) };
  },
});
