import { z } from 'zod';
import { crop } from '../../models/layout';
import { defineNode } from '../../src/core/define-node';
import { outside } from '../../src/core/foresight';
import { ProblemError } from '../../src/core/problem';

const pixels = z.int().max(4096).meta({ unit: 'px' });

export default defineNode({
  type: 'image/crop',
  version: 1,
  title: 'Image crop',
  help: 'Cuts a rectangle out of a picture.',
  icon: 'crop',
  params: z.object({
    left: pixels.min(0).default(0).describe('Where the rectangle begins, from the left side.'),
    top: pixels.min(0).default(0).describe('Where the rectangle begins, from the top.'),
    width: pixels.min(1).default(256).describe('How wide the rectangle is.'),
    height: pixels.min(1).default(256).describe('How high the rectangle is.'),
  }),
  in: { image: { kind: 'image', help: 'The picture to cut from.' } },
  out: { image: { kind: 'image', help: 'The rectangle alone.' } },
  foresee({ params: { left, top, width, height }, sizes: { image } }) {
    if (width === undefined || height === undefined) return {};
    const sizes = { image: { ...image, width, height } };
    const beyond =
      image && left !== undefined && top !== undefined && outside({ left, top, width, height }, image, 'picture');
    return beyond ? { sizes, problems: [beyond] } : { sizes };
  },
  async run({ in: { image }, params, device }) {
    const [, , height = 0, width = 0] = image.tensor.dims;
    if (params.left + params.width > width || params.top + params.height > height)
      throw new ProblemError({
        port: 'image',
        what: `The rectangle does not fit into this picture of ${width} × ${height}.`,
        cure: 'Make it smaller or move it.',
      });
    return { image: { tensor: await crop(device, image.tensor, params) } };
  },
});
