import { z } from 'zod';
import { tiles } from '../../models/layout';
import { defineNode } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';

const side = z.int().min(8).max(2048).meta({ unit: 'px' });

export default defineNode({
  type: 'image/tiles',
  version: 1,
  title: 'Cut into tiles',
  help: 'Cuts a sheet of pictures into a batch, row by row from the upper left corner. What is left over at the right and at the bottom is dropped.',
  icon: 'grid-4x4',
  params: z.object({
    width: side.default(128).meta({ description: 'Of a tile.' }),
    height: side.default(128).meta({ description: 'Of a tile.' }),
    mirror: z.boolean().default(false).meta({ description: 'Adds the mirror image of each, after all of them.' }),
  }),
  in: { image: { kind: 'image', help: 'The sheet of pictures.' } },
  out: { image: { kind: 'image', help: 'The tiles, as a batch.' } },
  foresee({ params: { width, height, mirror }, sizes: { image } }) {
    if (!image || width === undefined || height === undefined) return {};
    const count = Math.floor(image.width / width) * Math.floor(image.height / height);
    return count > 0 ? { sizes: { image: { width, height, count: count * (mirror ? 2 : 1) } } } : {};
  },
  async run({ in: { image }, params: { mirror, ...size }, device }) {
    const [, , height = 0, width = 0] = image.tensor.dims;
    if (size.width > width || size.height > height) {
      throw new ProblemError({
        port: 'image',
        what: `This picture is ${width} × ${height}, which has no tile of ${size.width} × ${size.height}.`,
        cure: 'Make the tiles smaller.',
      });
    }
    return { image: { tensor: await tiles(device, image.tensor, size, mirror) } };
  },
});
