import { choice } from '../bridges';
import { nodeClass } from '../node-class';

/** Nodes on masks. */
export const mask = [
  nodeClass(
    'InvertMask',
    'InvertMask',
    { in: 'mask:MASK', out: 'MASK' },
    { type: 'mask/invert', in: { mask: 'mask' }, out: ['mask'], widgets: {} },
  ),
  nodeClass(
    'MaskToImage',
    'Convert Mask to Image',
    { in: 'mask:MASK', out: 'IMAGE' },
    { type: 'mask/to-image', in: { mask: 'mask' }, out: ['image'], widgets: {} },
  ),
  nodeClass(
    'ImageToMask',
    'Convert Image to Mask',
    { in: 'image:IMAGE', out: 'MASK', widgets: 'channel:COMBO="red"' },
    {
      type: 'mask/from-image',
      fits: ({ channel }) => channel !== 'luminance' && channel !== undefined,
      in: { image: 'image' },
      out: ['mask'],
      widgets: { channel: choice('channel', {}) },
    },
  ),
  nodeClass('GrowMask', 'GrowMask', {
    in: 'mask:MASK',
    out: 'MASK',
    widgets: 'expand:INT=0 tapered_corners:BOOLEAN=true',
  }),
  nodeClass('FeatherMask', 'FeatherMask', {
    in: 'mask:MASK',
    out: 'MASK',
    widgets: 'left:INT=0 top:INT=0 right:INT=0 bottom:INT=0',
  }),
  nodeClass('SolidMask', 'SolidMask', { out: 'MASK', widgets: 'value:FLOAT=1 width:INT=512 height:INT=512' }),
  nodeClass('CropMask', 'CropMask', {
    in: 'mask:MASK',
    out: 'MASK',
    widgets: 'x:INT=0 y:INT=0 width:INT=512 height:INT=512',
  }),
  nodeClass('MaskComposite', 'MaskComposite', {
    in: 'destination:MASK source:MASK',
    out: 'MASK',
    widgets: 'x:INT=0 y:INT=0 operation:COMBO="multiply"',
  }),
];
