import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { modelReference } from '../../src/core/model-reference';
import { ProblemError } from '../../src/core/problem';

const unchosen = { port: 'file', what: 'No embedding is chosen.', cure: 'Choose a .safetensors, .pt or .bin file.' };

export default defineNode({
  type: 'text/embedding-loader',
  version: 1,
  title: 'Embedding',
  help: 'Loads a textual inversion: a word that was learned from pictures, to be used in prompts.',
  alsoCalled: 'textual inversion',
  icon: 'book-2',
  params: z.object({
    file: modelReference({
      accepts: ['embedding'],
      description: 'An embedding of diffusers, AUTOMATIC1111 or a trainer: .safetensors, .pt or .bin.',
    }).default(''),
    word: z
      .string()
      .max(100)
      .default('')
      .meta({ description: 'What stands for it in prompts; empty takes the name from the file.' }),
    strength: z.number().min(-4).max(4).default(1).meta({
      step: 0.05,
      description:
        'How much it counts: the weight of its tokens in prompts that have weights, as (word:1.2); in plain ones a factor of its vectors.',
    }),
    picture: z.string().max(1000).default('').meta({
      widget: 'file',
      accept: '.png,.webp',
      advanced: true,
      description: 'A picture that AUTOMATIC1111 saved the embedding in, in place of a file.',
    }),
  }),
  in: {},
  out: { embedding: { kind: 'embedding', help: 'The learned word, for a Text encoder.' } },
  foresee: ({ params }) => (params.file === '' && params.picture === '' ? { problems: [unchosen] } : {}),
  async run({ params, host }) {
    const reference = params.file || params.picture;
    if (!reference) throw new ProblemError(unchosen);
    const { openEmbedding } = await import('../../models/open-embedding');
    const { aliases, ...embedding } = await openEmbedding(host, reference);
    const named = params.word ? { word: params.word } : aliases ? { aliases } : {};
    return { embedding: { ...embedding, strength: params.strength, ...named } };
  },
});
