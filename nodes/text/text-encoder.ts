import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';

const learnedWord = {
  kind: 'embedding',
  optional: true,
  help: 'A learned word; its name in the text stands for it. Those in Models need no wire: <name> stands for them.',
} as const;

export default defineNode({
  type: 'text/text-encoder',
  version: 1,
  title: 'Text encoder',
  help: 'Turns words into the numbers that steer the UNet. An empty text is the unconditional case.',
  alsoCalled: 'CLIP Text Encode',
  usualSource: true,
  icon: 'text-size',
  params: z.object({
    syntax: z
      .enum(['plain', 'a1111', 'comfyui'])
      .default('plain')
      .meta({
        description:
          'How signs are read. plain: as words; what is longer than a chunk is cut. a1111: (more) [less] (much:1.3), BREAK, ' +
          '[from:to:when], [by|turns]. comfyui: (more) (much:1.3) embedding:name.',
      }),
    clipSkip: z.int().min(1).max(24).default(1).meta({
      advanced: true,
      description: 'Which layer to read, counted from the end; some models were trained for 2.',
    }),
  }),
  in: {
    encoder: { kind: 'text-encoder', help: 'The model that reads the words.' },
    text: { kind: 'text', help: 'The words.' },
    embedding: learnedWord,
    embedding2: learnedWord,
    schedule: {
      kind: 'schedule',
      optional: true,
      help: 'That of the denoise zone, for prompts that change over the steps: [from:to:when] and [by|turns].',
    },
  },
  out: { conditioning: { kind: 'conditioning', help: 'The words as vectors, for a UNet step.' } },
  dependsOn: ({ embeddings = [] }) => embeddings.map(({ name, key }) => [name, key]),
  async run({ in: { encoder, text, embedding, embedding2, schedule }, params, device, host }) {
    const embeddings = [embedding, embedding2].filter((wired) => wired !== undefined);
    if (host.embeddings?.length) {
      const { embeddingsNamedIn } = await import('../../models/named-embeddings');
      embeddings.push(...(await embeddingsNamedIn(text, params.syntax, embeddings, encoder, host)));
    }
    const reading = { ...params, ...(schedule && { steps: schedule.steps.length }) };
    return { conditioning: await encoder.encode(device, text, embeddings, reading) };
  },
});
