import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'conditioning/set-mask',
  version: 1,
  title: 'Prompt mask',
  help: 'A prompt for what a mask covers. The UNet sees the whole picture, or with bounds the rectangle around the mask.',
  alsoCalled: 'Conditioning (Set Mask), regional prompts',
  icon: 'mask',
  params: z.object({
    strength: z.number().min(0).max(10).default(1).meta({ step: 0.01, description: 'How much it counts there.' }),
    bounds: z
      .boolean()
      .default(false)
      .meta({ description: 'Let the UNet see only the rectangle around what is masked.' }),
  }),
  in: {
    conditioning: { kind: 'conditioning', help: 'The prompt, encoded.' },
    mask: { kind: 'mask', help: 'Where it counts; it is brought to the size of the latent.' },
  },
  out: { conditioning: { kind: 'conditioning', help: 'The prompt for this mask; for Combine prompts.' } },
  run: ({ in: { conditioning, mask }, params }) => ({
    conditioning: conditioning.map((entry) => ({ ...entry, mask: { tensor: mask.tensor, ...params } })),
  }),
});
