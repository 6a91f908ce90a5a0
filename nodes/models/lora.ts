import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { modelReference } from '../../src/core/model-reference';
import { ProblemError } from '../../src/core/problem';

const unchosen = { port: 'model', what: 'No LoRA is chosen.', cure: 'Choose or import one.' };

export default defineNode({
  type: 'models/lora',
  version: 1,
  title: 'LoRA',
  help: 'A small file that changes a model: a style, a character, a way of drawing. Apply LoRA puts it on a model.',
  alsoCalled: 'Load LoRA, LoraLoader',
  icon: 'sparkles-2',
  params: z.object({
    model: modelReference({
      accepts: ['lora'],
      description: 'A LoRA, LoCon, LoHa or LoKr for Stable Diffusion 1 or 2, as one file.',
    }).default(''),
  }),
  in: {},
  out: { lora: { kind: 'lora', help: 'The change, for Apply LoRA.' } },
  foresee: ({ params }) => (params.model === '' ? { problems: [unchosen] } : {}),
  async run({ params, host }) {
    if (!params.model) throw new ProblemError(unchosen);
    const { openLoraFolder } = await import('../../models/lora/lora-folder');
    return { lora: await openLoraFolder(await host.folder(params.model)) };
  },
});
