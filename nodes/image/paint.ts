import { z } from 'zod';
import { layOn, paintingOf } from '../../models/painting';
import { defineNode } from '../../src/core/define-node';

const pixels = z.int().min(8).max(4096).default(512).meta({ step: 8, unit: 'px' });

/** Of the canvas, where no picture is wired. */
const grounds = { white: 1, grey: 0.5, black: 0 } as const;

export default defineNode({
  type: 'image/paint',
  version: 1,
  title: 'Paint',
  help: 'What you paint, as a picture and as a mask: sketch on an empty canvas or over a picture, or mark what is to be repainted.',
  formula: 'image · (1 − opacity) + painting',
  symbols: { opacity: 'the mask', painting: 'strokes, as far as they are opaque' },
  icon: 'brush',
  params: z.object({
    painting: z.string().max(1000).default('').meta({
      widget: 'painting',
      fixed: true,
      description: 'Opens the painting, as large as the window.',
    }),
    width: pixels.meta({ description: 'Width of the canvas, where no picture is wired.', advanced: true }),
    height: pixels.meta({ description: 'Height of the canvas, where no picture is wired.', advanced: true }),
    ground: z
      .enum(['white', 'grey', 'black'])
      .default('white')
      .meta({ description: 'Colour of the canvas, where no picture is wired.', advanced: true }),
  }),
  in: { image: { kind: 'image', optional: true, help: 'What is painted over.' } },
  out: {
    image: { kind: 'image', help: 'The picture with what was painted on it.' },
    mask: { kind: 'mask', help: 'Where something was painted, as far as it is opaque.' },
  },
  sees: 'image',
  async run({ in: { image }, params: { painting, width: wide, height: high, ground }, device, host }) {
    const [, , height = high, width = wide] = image?.tensor.dims ?? [];
    const empty = () => device.tensor(new Float32Array(width * height), [1, 1, height, width]);
    const canvas = image
      ? undefined
      : device.tensor(new Float32Array(3 * width * height).fill(grounds[ground]), [1, 3, height, width]);
    const below = canvas ?? image?.tensor;
    if (!below) throw new Error('There is nothing to paint on.');
    if (!painting) return { image: { tensor: below }, mask: { tensor: empty() } };
    const source = await host.open(painting);
    const painted = await paintingOf(device, await host.decodeImage(source.read(0, source.size)), { width, height });
    try {
      return { image: { tensor: await layOn(device, below, painted) }, mask: { tensor: painted.opacity } };
    } finally {
      device.dispose(painted.colors);
      if (canvas) device.dispose(canvas);
    }
  },
});
