import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';

export default defineNode({
  type: 'conditioning/average',
  version: 1,
  title: 'Average prompts',
  help: 'One prompt on the way to another: the vectors of both are mixed, token by token, before the UNet sees them.',
  formula: 'strength · to + (1 − strength) · from',
  alsoCalled: 'Conditioning (Average), prompt interpolation',
  icon: 'arrows-diff',
  params: z.object({
    strength: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .meta({ step: 0.01, description: 'How much of the first prompt: 1 is that alone, 0 the second alone.' }),
  }),
  in: {
    to: { kind: 'conditioning', help: 'The prompt that counts at 1; the result has its length.' },
    from: { kind: 'conditioning', help: 'The prompt that counts at 0.' },
  },
  out: { conditioning: { kind: 'conditioning', help: 'What lies between them.' } },
  async run({ in: { to, from }, params: { strength }, device }) {
    const [other] = from;
    if (!other) throw new ProblemError({ port: 'from', what: 'There is no prompt here.', cure: 'Wire one.' });
    const { averageTokens } = await import('../../models/conditioning-arithmetic');
    return {
      conditioning: await Promise.all(
        to.map(async (entry) => ({
          ...entry,
          tokens: await averageTokens(device, entry.tokens, other.tokens, strength),
        })),
      ),
    };
  },
});
