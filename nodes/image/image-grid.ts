import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';

export default defineNode({
  type: 'image/image-grid',
  version: 1,
  title: 'Image grid',
  help: 'Gathers all pictures on its wire into one: the last list goes across, the others down.',
  alsoCalled: 'X/Y/Z plot, contact sheet',
  icon: 'layout-grid',
  params: z.object({
    columns: z
      .int()
      .min(0)
      .max(100)
      .default(0)
      .meta({ description: 'Pictures in a row; 0 takes the length of the last list.' }),
    gap: z.int().min(0).max(256).default(4).meta({ unit: 'px', description: 'Space between pictures.' }),
  }),
  in: { images: { kind: 'image', gathers: true, help: 'All pictures of the lists before it, at once.' } },
  out: { image: { kind: 'image', help: 'One picture with all of them in rows.' } },
  async run({ in: { images }, params, device }) {
    const pictures: Float32Array[] = [];
    const [, , height = 0, width = 0] = images.items[0]?.tensor.dims ?? [];
    for (const { tensor } of images.items) {
      if (tensor.dims[2] !== height || tensor.dims[3] !== width)
        throw new ProblemError({
          port: 'images',
          what: 'The pictures of a grid must have one size.',
          cure: 'Put a Resize image before it.',
        });
      const data = await device.read(tensor);
      const size = 3 * width * height;
      for (let from = 0; from < data.length; from += size) pictures.push(data.subarray(from, from + size));
    }
    const columns = params.columns || (images.axes.at(-1)?.labels.length ?? Math.ceil(Math.sqrt(pictures.length)));
    const rows = Math.ceil(pictures.length / columns);
    const across = columns * (width + params.gap) - params.gap;
    const down = rows * (height + params.gap) - params.gap;
    const grid = new Float32Array(3 * across * down).fill(1);
    for (const [i, picture] of pictures.entries()) {
      const left = (i % columns) * (width + params.gap);
      const top = Math.floor(i / columns) * (height + params.gap);
      for (let c = 0; c < 3; c++)
        for (let y = 0; y < height; y++) {
          const row = picture.subarray((c * height + y) * width, (c * height + y + 1) * width);
          grid.set(row, (c * down + top + y) * across + left);
        }
    }
    return { image: { tensor: device.tensor(grid, [1, 3, down, across]) } };
  },
});
