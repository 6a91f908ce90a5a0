import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';

const pixels = z.int().min(0).max(16_384).default(0).meta({ step: 8, unit: 'px' });

export default defineNode({
  type: 'image/pad',
  version: 1,
  title: 'Pad for outpainting',
  help: 'Makes room around a picture, grey, and a mask of it that reaches softly into the picture.',
  alsoCalled: 'Pad Image for Outpainting, ImagePadForOutpaint',
  icon: 'arrow-autofit-width',
  params: z.object({
    left: pixels.meta({ description: 'Room on the left side.' }),
    top: pixels.meta({ description: 'Room at the top.' }),
    right: pixels.meta({ description: 'Room on the right side.' }),
    bottom: pixels.meta({ description: 'Room at the bottom.' }),
    feathering: z
      .int()
      .min(0)
      .max(16_384)
      .default(40)
      .meta({ unit: 'px', description: 'How far the mask reaches into the picture, fading out.' }),
  }),
  in: { image: { kind: 'image', help: 'The picture that is to go on beyond its edges.' } },
  out: {
    image: { kind: 'image', help: 'The picture with grey around it.' },
    mask: { kind: 'mask', help: 'White where there is nothing yet.' },
  },
  foresee({ params: { left, top, right, bottom }, sizes: { image } }) {
    if (!image || left === undefined || top === undefined || right === undefined || bottom === undefined) return {};
    const size = { ...image, width: image.width + left + right, height: image.height + top + bottom };
    return { sizes: { image: size, mask: size } };
  },
  async run({ in: { image }, params, device }) {
    const { padForOutpainting } = await import('../../models/outpainting');
    const { data, mask, size } = padForOutpainting(await device.read(image.tensor), image.tensor.dims, params);
    const [images = 1, channels = 3] = image.tensor.dims;
    return {
      image: { tensor: device.tensor(data, [images, channels, size.height, size.width]) },
      mask: { tensor: device.tensor(mask, [1, 1, size.height, size.width]) },
    };
  },
});
