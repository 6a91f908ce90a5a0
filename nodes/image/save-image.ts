import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'image/save-image',
  version: 1,
  title: 'Save image',
  help: 'Saves the picture as a PNG file that carries this graph.',
  icon: 'device-floppy',
  params: z.object({
    name: z
      .string()
      .regex(/^[^/\\<>:"|?*]{1,100}$/, 'A file name has no / \\ < > : " | ? or *.')
      .default('weft')
      .meta({ description: 'File name without its ending.' }),
  }),
  in: { image: { kind: 'image', help: 'The picture to save; of a list, each as a file.' } },
  out: {},
  effect: true,
  shows: 'image',
  async run({ in: { image }, params, device, host }) {
    const [count = 1, , height = 0, width = 0] = image.tensor.dims;
    const data = await device.read(image.tensor);
    const { encodePng } = await import('../../src/formats/png');
    for (let i = 0; i < count; i++) {
      const pixels = data.slice(3 * i * width * height, 3 * (i + 1) * width * height);
      const bytes = encodePng({ width, height, data: pixels }, { weft: host.document });
      const name = count > 1 ? `${params.name}-${i + 1}.png` : `${params.name}.png`;
      await host.save({ name, type: 'image/png', bytes });
    }
    return {};
  },
});
