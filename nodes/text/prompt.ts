import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'text/prompt',
  usualSource: true,
  version: 1,
  title: 'Prompt',
  help: 'Words that say what the picture shows, or as a negative prompt what it must not show.',
  alsoCalled: 'String, text, positive prompt, negative prompt',
  icon: 'letter-t',
  params: z.object({
    text: z.string().max(20_000).default('').meta({ widget: 'lines', description: 'What to show.' }),
  }),
  in: {},
  out: { text: { kind: 'text', help: 'The words as they were typed.' } },
  run: ({ params }) => ({ text: params.text }),
});
