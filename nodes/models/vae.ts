import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { modelReference } from '../../src/core/model-reference';
import { ProblemError } from '../../src/core/problem';

export default defineNode({
  type: 'models/vae',
  version: 1,
  title: 'VAE',
  help: 'What turns latents into pictures and back, from a file of its own or out of a checkpoint.',
  alsoCalled: 'Load VAE',
  icon: 'transform',
  params: z.object({
    model: modelReference({
      accepts: ['vae', 'checkpoint', 'onnx'],
      description: 'A VAE of Stable Diffusion, or a checkpoint that has one.',
    }).default('tiny'),
  }),
  in: {},
  out: { vae: { kind: 'vae', help: 'Turns latents into pictures and back.' } },
  async run({ params, host }) {
    // Fetched when a graph runs: the page that shows nodes need not know how they compute.
    const { openModel } = await import('../../models/open-model');
    const folder = await host.folder(params.model);
    const { vae, identity } = await openModel(folder, {});
    if (!vae) {
      throw new ProblemError({
        port: 'model',
        what: `"${folder.title}" has no VAE. ${identity.sentence}`,
        cure: 'Choose another file.',
      });
    }
    return { vae };
  },
});
