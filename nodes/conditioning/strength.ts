import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'conditioning/strength',
  version: 1,
  title: 'Prompt strength',
  help: 'How much a prompt counts where it is combined with others.',
  alsoCalled: 'ConditioningSetAreaStrength',
  icon: 'scale',
  params: z.object({
    strength: z.number().min(0).max(10).default(1).meta({ step: 0.01, description: 'Beside prompts of strength 1.' }),
  }),
  in: { conditioning: { kind: 'conditioning', help: 'The prompt, encoded.' } },
  out: { conditioning: { kind: 'conditioning', help: 'The prompt with this strength.' } },
  run: ({ in: { conditioning }, params: { strength } }) => ({
    conditioning: conditioning.map((entry) => ({ ...entry, strength })),
  }),
});
