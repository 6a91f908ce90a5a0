import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';

const share = z.number().min(0).max(1).meta({ step: 0.001 });

export default defineNode({
  type: 'conditioning/set-range',
  version: 1,
  title: 'Prompt range',
  help: 'A prompt for a part of the way from noise to picture, counted along the timesteps of the training.',
  alsoCalled: 'ConditioningSetTimestepRange',
  icon: 'clock-play',
  params: z.object({
    start: share.default(0).meta({ description: 'Where it begins to count: 0 is noise alone.' }),
    end: share.default(1).meta({ description: 'Where it stops to count: 1 is the picture.' }),
  }),
  in: { conditioning: { kind: 'conditioning', help: 'The prompt, encoded.' } },
  out: { conditioning: { kind: 'conditioning', help: 'The prompt for this part of the way; for Combine prompts.' } },
  run: ({ in: { conditioning }, params: range }) => ({
    conditioning: conditioning.map((entry) => ({ ...entry, range })),
  }),
});
