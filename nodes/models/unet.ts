import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { modelReference } from '../../src/core/model-reference';
import { predictionParameter } from '../../src/core/prediction-parameter';
import { ProblemError } from '../../src/core/problem';

export default defineNode({
  type: 'models/unet',
  version: 1,
  title: 'UNet',
  help: 'What finds the noise, from a file of its own or out of a checkpoint.',
  alsoCalled: 'Load Diffusion Model, UNETLoader',
  icon: 'chart-dots-3',
  params: z.object({
    model: modelReference({
      accepts: ['unet', 'checkpoint', 'onnx'],
      description: 'A UNet of Stable Diffusion 1 or 2, or a checkpoint that has one.',
    }).default('tiny'),
    prediction: predictionParameter(),
  }),
  in: {},
  out: { unet: { kind: 'unet', help: 'Finds the noise in a latent.' } },
  async run({ params, host }) {
    // Fetched when a graph runs: the page that shows nodes need not know how they compute.
    const { openModel } = await import('../../models/open-model');
    const folder = await host.folder(params.model);
    const { unet, identity } = await openModel(folder, {
      prediction: params.prediction,
    });
    if (!unet) {
      throw new ProblemError({
        port: 'model',
        what: `"${folder.title}" has no UNet. ${identity.sentence}`,
        cure: 'Choose another file.',
      });
    }
    return { unet };
  },
});
