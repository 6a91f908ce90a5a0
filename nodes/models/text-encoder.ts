import { z } from 'zod';
import { CLIP_VOCABULARY } from '../../models/clip-vocabulary';
import { defineNode } from '../../src/core/define-node';
import { modelReference } from '../../src/core/model-reference';
import { ProblemError } from '../../src/core/problem';

export default defineNode({
  type: 'models/text-encoder',
  version: 1,
  title: 'Text encoder model',
  help: 'What reads the words, from a file of its own or out of a checkpoint.',
  alsoCalled: 'Load CLIP, CLIPLoader',
  icon: 'abc',
  params: z.object({
    model: modelReference({
      accepts: ['text-encoder', 'checkpoint', 'onnx'],
      description: 'A text encoder of Stable Diffusion 1 or 2, or a checkpoint that has one.',
    }).default('tiny'),
  }),
  in: {},
  out: { encoder: { kind: 'text-encoder', help: 'Reads the words of a prompt.' } },
  async run({ params, host }) {
    // Fetched when a graph runs: the page that shows nodes need not know how they compute.
    const { openModel } = await import('../../models/open-model');
    const folder = await host.folder(params.model);
    const { textEncoder, identity } = await openModel(folder, {
      vocabulary: () => host.folder(CLIP_VOCABULARY),
    });
    if (!textEncoder) {
      throw new ProblemError({
        port: 'model',
        what: `"${folder.title}" has no text encoder. ${identity.sentence}`,
        cure: 'Choose another file.',
      });
    }
    return { encoder: textEncoder };
  },
});
