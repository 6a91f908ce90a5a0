import { z } from 'zod';
import { type Axis, defineNode } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';

/** The pictures of one tensor, where all have as many. */
const batchAxis = (count: number): Axis => ({
  id: 'image',
  title: 'image',
  labels: Array.from({ length: count }, (_, i) => String(i + 1)),
});

export default defineNode({
  type: 'image/image-grid',
  version: 2,
  title: 'Image grid',
  help: 'Gathers all pictures on its wire into one: the last list goes across, the one before down, with their labels. Of a third list each item makes a page.',
  alsoCalled: 'X/Y/Z plot, contact sheet',
  icon: 'layout-grid',
  params: z.object({
    columns: z
      .int()
      .min(0)
      .max(100)
      .default(0)
      .meta({ description: 'Pictures in a row; 0 takes the length of the last list.' }),
    labels: z
      .boolean()
      .default(true)
      .meta({ description: 'Writes the labels and the names of the lists beside the pictures.' }),
    gap: z.int().min(0).max(256).default(4).meta({ unit: 'px', description: 'Space between pictures.' }),
  }),
  in: { images: { kind: 'image', gathers: true, help: 'All pictures of the lists before it, at once.' } },
  out: { image: { kind: 'image', help: 'One picture with all of them; of three lists a batch of such pages.' } },
  migrate: (params, from) => (from < 2 ? { ...params, labels: false } : params),
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
    const { layOutGrid, blankPage } = await import('../../src/formats/picture-grid');
    const { Lettering } = await import('../../src/formats/lettering/lettering');
    const lettering = await Lettering.load();
    const batch = pictures.length / images.items.length;
    const axes = batch > 1 ? [...images.axes, batchAxis(batch)] : images.axes;
    const layout = layOutGrid(lettering, axes, pictures.length, { ...params, cell: { width, height } });
    const plane = layout.width * layout.height;
    const grids = new Float32Array(3 * plane * layout.pages.length);
    for (const [number, page] of layout.pages.entries()) {
      const { pixels } = blankPage(lettering, layout, page);
      const grid = grids.subarray(3 * number * plane, 3 * (number + 1) * plane);
      for (let c = 0; c < 3; c++) for (let i = 0; i < plane; i++) grid[c * plane + i] = (pixels[4 * i + c] ?? 0) / 255;
      for (const { index, x, y } of page.places)
        for (let c = 0; c < 3; c++)
          for (let row = 0; row < height; row++) {
            const from = (c * height + row) * width;
            const line = pictures[index]?.subarray(from, from + width) ?? [];
            grid.set(line, (c * layout.height + y + row) * layout.width + x);
          }
    }
    return { image: { tensor: device.tensor(grids, [layout.pages.length, 3, layout.height, layout.width]) } };
  },
});
