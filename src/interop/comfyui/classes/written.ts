import { choice, number, same, seedBridge } from '../bridges';
import { wordOf } from '../json';
import { nodeClass } from '../node-class';
import { common, sockets } from './sampling';

/** Nodes of Weft that are written as a class which is read as another node. */
export const written = [
  nodeClass(
    'CLIPTextEncode',
    'CLIP Text Encode (Prompt)',
    { in: 'clip:CLIP', out: 'CONDITIONING', widgets: 'text:STRING=""' },
    {
      type: 'text/text-encoder',
      fits: ({ syntax, clipSkip = 1 }) => syntax === 'comfyui' && clipSkip === 1,
      in: { clip: 'encoder' },
      out: ['conditioning'],
      widgets: { text: same('text') },
    },
  ),
  nodeClass(
    'KSampler',
    'KSampler',
    {
      in: sockets,
      out: 'LATENT',
      widgets:
        'seed:INT=0! steps:INT=20 cfg:FLOAT=8 sampler_name:COMBO="euler" scheduler:COMBO="normal" denoise:FLOAT=1',
    },
    {
      type: 'subgraph/sampler',
      fits: ({ scheduler }) => wordOf(scheduler).startsWith('comfyui-'),
      in: { model: 'model', positive: 'positive', negative: 'negative', latent_image: 'latent' },
      out: ['latent'],
      widgets: { seed: seedBridge('seed'), ...common, denoise: number('denoise') },
    },
  ),
  nodeClass(
    'LatentUpscaleBy',
    'Upscale Latent By',
    { in: 'samples:LATENT', out: 'LATENT', widgets: 'upscale_method:COMBO="nearest-exact" scale_by:FLOAT=1.5' },
    {
      type: 'latent/upscale',
      // At whole factors torch's nearest is its nearest-exact.
      fits: ({ method = 'nearest', scale = 2 }) => method === 'nearest' && Number.isInteger(scale),
      in: { samples: 'latent' },
      out: ['latent'],
      widgets: { upscale_method: choice('method', { 'nearest-exact': 'nearest' }), scale_by: number('scale') },
    },
  ),
];
