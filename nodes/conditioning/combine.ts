import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'conditioning/combine',
  version: 1,
  title: 'Combine prompts',
  help: 'Two prompts at once: the UNet is asked for each, and the answers are mixed by how much each counts where.',
  formula: 'prediction = Σ w_i · UNet(words_i) / Σ w_i',
  symbols: { Σ: 'sum over the prompts', w_i: 'strength times area or mask of a prompt', words_i: 'one of the prompts' },
  alsoCalled: 'Conditioning (Combine), regional prompts',
  icon: 'arrows-join',
  params: z.object({}),
  in: {
    first: { kind: 'conditioning', help: 'A prompt, with its area if it has one.' },
    second: { kind: 'conditioning', help: 'Another prompt.' },
  },
  out: { conditioning: { kind: 'conditioning', help: 'Both, for a UNet step or a sampler.' } },
  run: ({ in: { first, second } }) => ({ conditioning: [...first, ...second] }),
});
