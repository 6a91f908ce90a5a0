import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';
import { readTextualInversion } from '../../src/formats/textual-inversion';

export default defineNode({
  type: 'text/embedding-loader',
  version: 1,
  title: 'Embedding',
  help: 'Loads a textual inversion: a word that was learned from pictures, to be used in prompts.',
  icon: 'book-2',
  params: z.object({
    file: z
      .string()
      .max(1000)
      .default('')
      .meta({ widget: 'file', accept: '.safetensors', description: 'A .safetensors embedding.' }),
    word: z
      .string()
      .max(100)
      .default('')
      .meta({ description: 'What stands for it in prompts; empty takes the name from the file.' }),
  }),
  in: {},
  out: { embedding: 'embedding' },
  async run({ params, host }) {
    if (!params.file)
      throw new ProblemError({ port: 'file', what: 'No embedding is chosen.', cure: 'Choose a .safetensors file.' });
    const name = params.file.split('/').at(-1) ?? params.file;
    const { word, vectors, width } = readTextualInversion(await host.open(params.file), name);
    return { embedding: { key: params.file, word: params.word || word, vectors, width } };
  },
});
