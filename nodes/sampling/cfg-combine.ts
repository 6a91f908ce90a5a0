import { z } from 'zod';
import { guide } from '../../models/arithmetic';
import { defineNode } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';

export default defineNode({
  type: 'sampling/cfg-combine',
  version: 1,
  title: 'CFG combine',
  help: 'Pushes the prediction away from the negative prompt.',
  formula: 'u + scale · (c − u)',
  symbols: { c: 'conditional', u: 'unconditional' },
  alsoCalled: 'CFG scale, guidance, CFGGuider',
  icon: 'arrow-merge',
  params: z.object({
    scale: z
      .number()
      .min(0)
      .max(100)
      .default(7.5)
      .meta({ step: 0.1, description: 'How far past the negative prompt to go; 1 ignores it.' }),
    rescale: z.number().min(0).max(1).default(0).meta({
      step: 0.05,
      description: 'How much of the contrast that guidance adds is taken back (2305.08891, section 3.4).',
    }),
  }),
  in: {
    conditional: { kind: 'prediction', help: 'What the UNet answers to the prompt.' },
    unconditional: {
      kind: 'prediction',
      optional: true,
      help: 'Of the negative prompt, or of an empty one; without it the prediction passes as it is.',
    },
  },
  out: { prediction: { kind: 'prediction', help: 'The guided answer, for the sampler step.' } },
  async run({ in: { conditional, unconditional }, params, device }) {
    const { type } = conditional;
    // At a scale of 1 nothing of the negative prompt is left.
    if (!unconditional || params.scale === 1) return { prediction: conditional };
    if (unconditional.type !== type)
      throw new ProblemError({
        port: 'unconditional',
        what: `One prediction is ${type}, the other ${unconditional.type}.`,
        cure: 'Take both from the same UNet.',
      });
    return { prediction: { tensor: await guide(device, conditional.tensor, unconditional.tensor, params), type } };
  },
});
