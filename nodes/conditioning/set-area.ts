import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { cellPixels } from '../../src/core/foresight';
import type { Area } from '../../src/core/values';

const pixels = z.int().min(0).max(16_384).meta({ step: 8, unit: 'px' });
const share = z.number().min(0).max(1).meta({ step: 0.01 });

export default defineNode({
  type: 'conditioning/set-area',
  version: 1,
  title: 'Prompt area',
  help: 'A prompt for a rectangle of the picture. The UNet sees that rectangle alone, and its answer fades out at the edges.',
  alsoCalled: 'Conditioning (Set Area), ConditioningSetAreaPercentage, regional prompts',
  icon: 'crop-landscape',
  params: z.object({
    unit: z
      .enum(['pixels', 'share'])
      .default('pixels')
      .meta({ description: 'Whether the rectangle is in pixels or in shares of the picture.', fixed: true }),
    width: pixels.default(64).meta({ description: 'How wide, in pixels.', applies: { unit: ['pixels'] } }),
    height: pixels.default(64).meta({ description: 'How high, in pixels.', applies: { unit: ['pixels'] } }),
    left: pixels.default(0).meta({ description: 'How far from the left side.', applies: { unit: ['pixels'] } }),
    top: pixels.default(0).meta({ description: 'How far from the top.', applies: { unit: ['pixels'] } }),
    wide: share.default(1).meta({ description: 'How wide, as a share of the width.', applies: { unit: ['share'] } }),
    high: share.default(1).meta({ description: 'How high, as a share of the height.', applies: { unit: ['share'] } }),
    fromLeft: share
      .default(0)
      .meta({ description: 'How far from the left, as a share.', applies: { unit: ['share'] } }),
    fromTop: share.default(0).meta({ description: 'How far from the top, as a share.', applies: { unit: ['share'] } }),
    strength: z
      .number()
      .min(0)
      .max(10)
      .default(1)
      .meta({ step: 0.01, description: 'How much it counts where other prompts count too.' }),
  }),
  in: { conditioning: { kind: 'conditioning', help: 'The prompt, encoded.' } },
  out: { conditioning: { kind: 'conditioning', help: 'The prompt for this rectangle; for Combine prompts.' } },
  run({ in: { conditioning }, params }) {
    const cells = (length: number) => Math.floor(length / cellPixels);
    const { width, height, left, top, strength } = params;
    const area: Area =
      params.unit === 'pixels'
        ? { unit: 'cells', width: cells(width), height: cells(height), left: cells(left), top: cells(top) }
        : { unit: 'share', width: params.wide, height: params.high, left: params.fromLeft, top: params.fromTop };
    return { conditioning: conditioning.map((entry) => ({ ...entry, area, strength })) };
  },
});
