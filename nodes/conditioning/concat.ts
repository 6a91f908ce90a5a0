import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';

export default defineNode({
  type: 'conditioning/concat',
  version: 1,
  title: 'Join prompts',
  help: 'One prompt after the other, each read by itself: the UNet sees the vectors of both, 77 for each chunk.',
  alsoCalled: 'Conditioning (Concat), BREAK',
  icon: 'link-plus',
  params: z.object({}),
  in: {
    to: { kind: 'conditioning', help: 'The prompt that comes first.' },
    from: { kind: 'conditioning', help: 'The prompt that follows.' },
  },
  out: { conditioning: { kind: 'conditioning', help: 'Both, one behind the other.' } },
  async run({ in: { to, from }, device }) {
    const [other] = from;
    if (!other) throw new ProblemError({ port: 'from', what: 'There is no prompt here.', cure: 'Wire one.' });
    const { joinTokens } = await import('../../models/conditioning-arithmetic');
    return {
      conditioning: await Promise.all(
        to.map(async (entry) => ({
          ...entry,
          tokens: await joinTokens(device, entry.tokens, other.tokens),
          strip: {
            ...entry.strip,
            chunks: [...entry.strip.chunks, ...other.strip.chunks],
            unknown: [...entry.strip.unknown, ...other.strip.unknown],
          },
        })),
      ),
    };
  },
});
