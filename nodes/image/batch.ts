import { z } from 'zod';
import { joinBatches } from '../../models/layout';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'image/batch',
  version: 1,
  title: 'Image batch',
  help: 'Joins pictures; those of the second input come to the size of the first.',
  alsoCalled: 'Batch Images, ImageBatch',
  icon: 'stack-2',
  params: z.object({}),
  in: {
    first: { kind: 'image', help: 'The pictures that come first.' },
    second: { kind: 'image', help: 'The pictures that follow.' },
  },
  out: { image: { kind: 'image', help: 'All of them.' } },
  foresee: ({ sizes: { first } }) => ({ sizes: { image: first && { width: first.width, height: first.height } } }),
  async run({ in: { first, second }, device }) {
    const { rescale } = await import('../../models/rescale');
    const [, , height = 0, width = 0] = first.tensor.dims;
    const fits = second.tensor.dims.slice(2).join() === first.tensor.dims.slice(2).join();
    const other = fits ? second.tensor : await rescale(device, second.tensor, { width, height }, 'bilinear', true);
    const tensor = await joinBatches(device, [first.tensor, other]);
    if (!fits) device.dispose(other);
    return { image: { tensor } };
  },
});
