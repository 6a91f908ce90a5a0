import { choice, number, same, unused } from '../bridges';
import { type Json, wordOf } from '../json';
import { nodeClass } from '../node-class';

const one = { in: { image: 'image' }, out: ['image'] } as const;

/** A file name without what Weft does not take: folders, dates and other fields between percent signs. */
function fileName(prefix: Json): string {
  const last = wordOf(prefix).split(/[\\/]/).at(-1) ?? '';
  const plain = last
    .replace(/%[^%]*%/g, '')
    .replace(/[<>:"|?*]/g, '')
    .trim();
  return plain.slice(0, 100) || 'ComfyUI';
}

/** Nodes on pictures, and those between pictures and latents. */
export const image = [
  nodeClass(
    'VAEDecode',
    'VAE Decode',
    { in: 'samples:LATENT vae:VAE', out: 'IMAGE' },
    {
      type: 'image/vae-decode',
      in: { samples: 'latent', vae: 'vae' },
      out: ['image'],
      fits: ({ tiles }) => tiles !== 'on',
      widgets: {},
    },
  ),
  nodeClass(
    'VAEDecodeTiled',
    'VAE Decode (Tiled)',
    {
      in: 'samples:LATENT vae:VAE',
      out: 'IMAGE',
      widgets: 'tile_size:INT=512 overlap:INT=64 temporal_size:INT=64 temporal_overlap:INT=8',
    },
    {
      type: 'image/vae-decode',
      params: { tiles: 'on' },
      in: { samples: 'latent', vae: 'vae' },
      out: ['image'],
      widgets: {
        tile_size: unused(512),
        overlap: unused(64),
        temporal_size: unused(64),
        temporal_overlap: unused(8),
      },
      remark: 'VAE Decode (Tiled) has tiles of the size that the autoencoder was trained for.',
    },
  ),
  nodeClass(
    'VAEEncode',
    'VAE Encode',
    { in: 'pixels:IMAGE vae:VAE', out: 'LATENT' },
    {
      type: 'image/vae-encode',
      params: { sizes: 'crop' },
      fits: ({ take, tiles }) => take !== 'sample' && tiles !== 'on',
      in: { pixels: 'image', vae: 'vae' },
      out: ['latent'],
      widgets: {},
      remark: 'VAE Encode takes the mean of what the encoder sees; ComfyUI draws a sample around it, with no seed.',
    },
  ),
  nodeClass(
    'VAEEncodeTiled',
    'VAE Encode (Tiled)',
    {
      in: 'pixels:IMAGE vae:VAE',
      out: 'LATENT',
      widgets: 'tile_size:INT=512 overlap:INT=64 temporal_size:INT=64 temporal_overlap:INT=8',
    },
    {
      type: 'image/vae-encode',
      params: { sizes: 'crop', tiles: 'on' },
      in: { pixels: 'image', vae: 'vae' },
      out: ['latent'],
      widgets: {
        tile_size: unused(512),
        overlap: unused(64),
        temporal_size: unused(64),
        temporal_overlap: unused(8),
      },
    },
  ),
  nodeClass(
    'VAEEncodeForInpaint',
    'VAE Encode (for Inpainting)',
    { in: 'pixels:IMAGE vae:VAE mask:MASK', out: 'LATENT', widgets: 'grow_mask_by:INT=6' },
    {
      type: 'image/vae-encode-inpaint',
      in: { pixels: 'image', vae: 'vae', mask: 'mask' },
      out: ['latent'],
      widgets: { grow_mask_by: number('grow') },
    },
  ),
  nodeClass(
    'LoadImage',
    'Load Image',
    { out: 'IMAGE MASK', widgets: 'image:COMBO="" upload:COMBO="image"' },
    {
      type: 'image/load-image',
      in: {},
      out: ['image', 'mask'],
      widgets: { image: same('file'), upload: unused('image') },
    },
  ),
  nodeClass(
    'LoadImageMask',
    'Load Image (as Mask)',
    { out: 'MASK', widgets: 'image:COMBO="" channel:COMBO="alpha" upload:COMBO="image"' },
    {
      type: 'mask/load-mask',
      in: {},
      out: ['mask'],
      widgets: {
        image: same('file'),
        channel: choice('channel', { alpha: 'transparency' }),
        upload: unused('image'),
      },
    },
  ),
  nodeClass(
    'SaveImage',
    'Save Image',
    { in: 'images:IMAGE', widgets: 'filename_prefix:STRING="ComfyUI"' },
    {
      type: 'image/save-image',
      in: { images: 'image' },
      out: [],
      widgets: {
        filename_prefix: { port: 'name', read: (value) => ({ name: fileName(value) }), write: ({ name }) => name },
      },
    },
  ),
  nodeClass(
    'PreviewImage',
    'Preview Image',
    { in: 'images:IMAGE' },
    { type: 'image/preview', in: { images: 'image' }, out: [], widgets: {} },
  ),
  nodeClass(
    'ImageScale',
    'Upscale Image',
    {
      in: 'image:IMAGE',
      out: 'IMAGE',
      widgets: 'upscale_method:COMBO="nearest-exact" width:INT=512 height:INT=512 crop:COMBO="disabled"',
    },
    {
      ...one,
      type: 'image/scale',
      widgets: {
        upscale_method: choice('method', {}),
        width: number('width'),
        height: number('height'),
        crop: choice('crop', {}),
      },
    },
  ),
  nodeClass(
    'ImageScaleBy',
    'Upscale Image By',
    { in: 'image:IMAGE', out: 'IMAGE', widgets: 'upscale_method:COMBO="nearest-exact" scale_by:FLOAT=1' },
    {
      ...one,
      type: 'image/scale-by',
      widgets: { upscale_method: choice('method', {}), scale_by: number('scale') },
    },
  ),
  nodeClass(
    'ImageInvert',
    'Invert Image',
    { in: 'image:IMAGE', out: 'IMAGE' },
    { ...one, type: 'image/invert', widgets: {} },
  ),
  nodeClass(
    'ImageBatch',
    'Batch Images',
    { in: 'image1:IMAGE image2:IMAGE', out: 'IMAGE' },
    { type: 'image/batch', in: { image1: 'first', image2: 'second' }, out: ['image'], widgets: {} },
  ),
  nodeClass(
    'ImagePadForOutpaint',
    'Pad Image for Outpainting',
    {
      in: 'image:IMAGE',
      out: 'IMAGE MASK',
      widgets: 'left:INT=0 top:INT=0 right:INT=0 bottom:INT=0 feathering:INT=40',
    },
    {
      type: 'image/pad',
      in: { image: 'image' },
      out: ['image', 'mask'],
      widgets: {
        left: number('left'),
        top: number('top'),
        right: number('right'),
        bottom: number('bottom'),
        feathering: number('feathering'),
      },
    },
  ),
  nodeClass(
    'ImageCrop',
    'Image Crop',
    { in: 'image:IMAGE', out: 'IMAGE', widgets: 'width:INT=512 height:INT=512 x:INT=0 y:INT=0' },
    {
      ...one,
      type: 'image/crop',
      widgets: { width: number('width'), height: number('height'), x: number('left'), y: number('top') },
    },
  ),
  nodeClass(
    'ImageCompositeMasked',
    'ImageCompositeMasked',
    {
      in: 'destination:IMAGE source:IMAGE mask:MASK?',
      out: 'IMAGE',
      widgets: 'x:INT=0 y:INT=0 resize_source:BOOLEAN=false',
    },
    {
      type: 'image/composite',
      in: { destination: 'onto', source: 'image', mask: 'mask' },
      out: ['image'],
      widgets: { x: number('left'), y: number('top'), resize_source: unused(false) },
    },
  ),
  nodeClass('Canny', 'Canny', {
    in: 'image:IMAGE',
    out: 'IMAGE',
    widgets: 'low_threshold:FLOAT=0.4 high_threshold:FLOAT=0.8',
  }),
  nodeClass('ImageBlur', 'Image Blur', { in: 'image:IMAGE', out: 'IMAGE', widgets: 'blur_radius:INT=1 sigma:FLOAT=1' }),
  nodeClass('ImageScaleToTotalPixels', 'Scale Image to Total Pixels', {
    in: 'image:IMAGE',
    out: 'IMAGE',
    widgets: 'upscale_method:COMBO="nearest-exact" megapixels:FLOAT=1 resolution_steps:INT=1',
  }),
  nodeClass('EmptyImage', 'EmptyImage', {
    out: 'IMAGE',
    widgets: 'width:INT=512 height:INT=512 batch_size:INT=1 color:INT=0',
  }),
  nodeClass('SaveAnimatedWEBP', 'SaveAnimatedWEBP', {
    in: 'images:IMAGE',
    widgets: 'filename_prefix:STRING="ComfyUI" fps:FLOAT=6 lossless:BOOLEAN=true quality:INT=80 method:COMBO="default"',
  }),
];
