import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { type Crop, resample } from '../../src/formats/resample';

const pixels = z.int().min(1).max(4096).meta({ step: 8, unit: 'px' });

/** The middle part of a picture that has the ratio of the target. */
function middle(width: number, height: number, ratio: number): Crop {
  const across = Math.min(width, height * ratio);
  const down = across / ratio;
  const left = (width - across) / 2;
  const top = (height - down) / 2;
  return { left, top, right: left + across, bottom: top + down };
}

export default defineNode({
  type: 'image/resize-image',
  version: 1,
  title: 'Resize image',
  help: 'Brings a picture to a size, as Pillow’s bilinear filter does.',
  alsoCalled: 'Upscale Image, ImageScale',
  icon: 'resize',
  params: z.object({
    width: pixels.default(512).describe('Width of the result.'),
    height: pixels.default(512).describe('Height of the result.'),
    fit: z
      .enum(['crop', 'stretch'])
      .default('crop')
      .meta({ description: 'Crop cuts off what does not fit the ratio, evenly; stretch distorts.' }),
  }),
  in: { image: { kind: 'image', help: 'The picture to bring to a size.' } },
  out: { image: { kind: 'image', help: 'The picture at the width and height that are set.' } },
  foresee: ({ params: { width, height }, sizes: { image } }) => ({
    sizes: { image: width && height ? { ...image, width, height } : undefined },
  }),
  async run({ in: { image }, params, device }) {
    const [count = 1, channels = 3, height = 0, width = 0] = image.tensor.dims;
    const crop = params.fit === 'crop' ? middle(width, height, params.width / params.height) : undefined;
    const data = resample(await device.read(image.tensor), { width, height }, params, crop);
    return { image: { tensor: device.tensor(data, [count, channels, params.height, params.width]) } };
  },
});
