import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';

const threshold = z.number().min(0).max(2040).meta({ step: 5 });

export default defineNode({
  type: 'image/canny',
  version: 1,
  title: 'Canny edges',
  help: 'White lines on black where brightness or colour changes, as canny ControlNets are trained to follow.',
  icon: 'photo-edit',
  params: z.object({
    low: threshold.default(100).meta({ description: 'A line that has begun goes on where the change is above this.' }),
    high: threshold
      .default(200)
      .meta({ description: 'A line begins where the change is above this; 1020 is black to white.' }),
    blur: z.number().min(0).max(16).default(0).meta({
      step: 0.1,
      unit: 'px',
      description: 'Standard deviation of a blur before, which takes small lines away.',
    }),
  }),
  in: { image: { kind: 'image', help: 'The picture whose outlines are wanted.' } },
  out: { image: { kind: 'image', help: 'White lines on black, of the same size.' } },
  foresee: ({ sizes: { image } }) => ({ sizes: { image } }),
  async run({ in: { image }, params, device }) {
    const { findEdges } = await import('../../models/canny');
    const [count = 1, channels = 3, height = 0, width = 0] = image.tensor.dims;
    const pixels = width * height;
    const planes = await device.read(image.tensor);
    const lines = new Float32Array(planes.length);
    for (let i = 0; i < count; i += 1) {
      const start = i * channels * pixels;
      const data = new Uint8Array(channels * pixels);
      for (let pixel = 0; pixel < pixels; pixel += 1) {
        for (let channel = 0; channel < channels; channel += 1) {
          const value = planes[start + channel * pixels + pixel] as number;
          data[pixel * channels + channel] = Math.min(Math.max(Math.round(value * 255), 0), 255);
        }
      }
      const edges = findEdges({ data, width, height }, params);
      for (let channel = 0; channel < channels; channel += 1) lines.set(edges, start + channel * pixels);
    }
    return { image: { tensor: device.tensor(lines, image.tensor.dims) } };
  },
});
