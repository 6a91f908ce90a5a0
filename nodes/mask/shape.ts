import { z } from 'zod';
import { featherMask } from '../../models/mask-filters';
import { defineNode } from '../../src/core/define-node';

const pixels = z.int().min(8).max(4096).meta({ step: 8, unit: 'px' });
const share = z.number().min(0).max(1).meta({ step: 0.05 });

export default defineNode({
  type: 'mask/shape',
  version: 1,
  title: 'Mask shape',
  help: 'A rectangle or an ellipse to repaint.',
  icon: 'shape',
  params: z.object({
    shape: z
      .enum(['rectangle', 'ellipse'])
      .default('rectangle')
      .meta({ description: 'What is drawn between the sides below.' }),
    width: pixels.default(512).meta({ description: 'Width of the whole mask.' }),
    height: pixels.default(512).meta({ description: 'Height of the whole mask.' }),
    left: share.default(0.25).meta({ description: 'Where the shape begins, as a part of the width.' }),
    top: share.default(0.25).meta({ description: 'Where the shape begins, as a part of the height.' }),
    right: share.default(0.75).meta({ description: 'Where the shape ends, as a part of the width.' }),
    bottom: share.default(0.75).meta({ description: 'Where the shape ends, as a part of the height.' }),
    feather: z
      .number()
      .min(0)
      .max(64)
      .default(0)
      .meta({ unit: 'px', description: 'Softens the edge: standard deviation of a Gaussian blur.' }),
  }),
  in: {},
  out: { mask: { kind: 'mask', help: 'White inside the shape, black outside.' } },
  async run({ params, device }) {
    const { shape, width, height, left, top, right, bottom, feather } = params;
    const data = new Float32Array(width * height);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        // Of the pixel's middle; -1 and 1 are the sides of the shape.
        const across = (2 * (x + 0.5)) / width - left - right;
        const down = (2 * (y + 0.5)) / height - top - bottom;
        const [u, v] = [across / (right - left), down / (bottom - top)];
        const inside = shape === 'ellipse' ? u * u + v * v <= 1 : Math.abs(u) <= 1 && Math.abs(v) <= 1;
        if (right > left && bottom > top && inside) data[y * width + x] = 1;
      }
    const sharp = device.tensor(data, [1, 1, height, width]);
    if (feather === 0) return { mask: { tensor: sharp } };
    const tensor = await featherMask(device, sharp, feather);
    device.dispose(sharp);
    return { mask: { tensor } };
  },
});
