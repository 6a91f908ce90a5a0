import { cells, choice, number } from '../bridges';
import { wordOf } from '../json';
import { nodeClass } from '../node-class';

const samples = { in: { samples: 'latent' }, out: ['latent'] } as const;

/** Nodes on latents. */
export const latent = [
  nodeClass(
    'EmptyLatentImage',
    'Empty Latent Image',
    { out: 'LATENT', widgets: 'width:INT=512 height:INT=512 batch_size:INT=1' },
    {
      type: 'latent/empty',
      in: {},
      out: ['latent'],
      widgets: { width: number('width'), height: number('height'), batch_size: number('count') },
    },
  ),
  nodeClass(
    'LatentUpscale',
    'Upscale Latent',
    {
      in: 'samples:LATENT',
      out: 'LATENT',
      widgets: 'upscale_method:COMBO="nearest-exact" width:INT=512 height:INT=512 crop:COMBO="disabled"',
    },
    {
      ...samples,
      type: 'latent/scale',
      widgets: {
        upscale_method: choice('method', {}),
        width: number('width'),
        height: number('height'),
        crop: choice('crop', {}),
      },
    },
  ),
  nodeClass(
    'LatentUpscaleBy',
    'Upscale Latent By',
    { in: 'samples:LATENT', out: 'LATENT', widgets: 'upscale_method:COMBO="nearest-exact" scale_by:FLOAT=1.5' },
    {
      ...samples,
      type: 'latent/upscale',
      fits: ({ method }) => method !== 'nearest' && method !== undefined,
      widgets: { upscale_method: choice('method', {}), scale_by: number('scale') },
    },
  ),
  nodeClass(
    'LatentComposite',
    'Latent Composite',
    {
      in: 'samples_to:LATENT samples_from:LATENT',
      out: 'LATENT',
      widgets: 'x:INT=0 y:INT=0 feather:INT=0',
    },
    {
      type: 'latent/composite',
      in: { samples_to: 'onto', samples_from: 'latent' },
      out: ['latent'],
      widgets: { x: cells('left'), y: cells('top'), feather: cells('feather') },
    },
  ),
  nodeClass(
    'LatentCompositeMasked',
    'LatentCompositeMasked',
    {
      in: 'destination:LATENT source:LATENT mask:MASK?',
      out: 'LATENT',
      widgets: 'x:INT=0 y:INT=0 resize_source:BOOLEAN=false',
    },
    {
      type: 'latent/composite',
      in: { destination: 'onto', source: 'latent', mask: 'mask' },
      out: ['latent'],
      widgets: { x: cells('left'), y: cells('top'), resize_source: { read: () => ({}), write: () => false } },
      remark: 'LatentCompositeMasked does not stretch its source here; put a Latent resize before it where it has to.',
    },
  ),
  nodeClass(
    'LatentCrop',
    'Crop Latent',
    { in: 'samples:LATENT', out: 'LATENT', widgets: 'width:INT=512 height:INT=512 x:INT=0 y:INT=0' },
    {
      ...samples,
      type: 'latent/crop',
      widgets: { width: cells('width'), height: cells('height'), x: cells('left'), y: cells('top') },
    },
  ),
  nodeClass(
    'LatentFlip',
    'Flip Latent',
    { in: 'samples:LATENT', out: 'LATENT', widgets: 'flip_method:COMBO="x-axis:\\u0020vertically"' },
    {
      ...samples,
      type: 'latent/turn',
      fits: ({ how }) => how === undefined || wordOf(how).startsWith('flip'),
      widgets: {
        flip_method: choice('how', {
          'x-axis: vertically': 'flip top to bottom',
          'y-axis: horizontally': 'flip left to right',
        }),
      },
    },
  ),
  nodeClass(
    'LatentRotate',
    'Rotate Latent',
    { in: 'samples:LATENT', out: 'LATENT', widgets: 'rotation:COMBO="none"' },
    {
      ...samples,
      type: 'latent/turn',
      fits: ({ how }) => wordOf(how).startsWith('rotate'),
      widgets: {
        rotation: choice('how', {
          '90 degrees': 'rotate right',
          '180 degrees': 'rotate by half',
          '270 degrees': 'rotate left',
        }),
      },
    },
  ),
  nodeClass(
    'LatentBatch',
    'LatentBatch',
    { in: 'samples1:LATENT samples2:LATENT', out: 'LATENT' },
    {
      type: 'latent/batch',
      in: { samples1: 'first', samples2: 'second' },
      out: ['latent'],
      widgets: {},
    },
  ),
  nodeClass(
    'RepeatLatentBatch',
    'Repeat Latent Batch',
    { in: 'samples:LATENT', out: 'LATENT', widgets: 'amount:INT=1' },
    { ...samples, type: 'latent/repeat', widgets: { amount: number('count') } },
  ),
  nodeClass(
    'SetLatentNoiseMask',
    'Set Latent Noise Mask',
    { in: 'samples:LATENT mask:MASK', out: 'LATENT' },
    { type: 'latent/set-noise-mask', in: { samples: 'latent', mask: 'mask' }, out: ['latent'], widgets: {} },
  ),
  nodeClass('LatentFromBatch', 'Latent From Batch', {
    in: 'samples:LATENT',
    out: 'LATENT',
    widgets: 'batch_index:INT=0 length:INT=1',
  }),
  nodeClass('LatentBlend', 'Latent Blend', {
    in: 'samples1:LATENT samples2:LATENT',
    out: 'LATENT',
    widgets: 'blend_factor:FLOAT=0.5',
  }),
  nodeClass('SaveLatent', 'SaveLatent', { in: 'samples:LATENT', widgets: 'filename_prefix:STRING="latents/ComfyUI"' }),
  nodeClass('LoadLatent', 'LoadLatent', { out: 'LATENT', widgets: 'latent:COMBO' }),
];
