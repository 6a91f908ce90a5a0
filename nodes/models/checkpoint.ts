import { z } from 'zod';
import { CLIP_VOCABULARY } from '../../models/clip-vocabulary';
import { defineNode } from '../../src/core/define-node';
import { modelReference } from '../../src/core/model-reference';
import { predictionParameter } from '../../src/core/prediction-parameter';
import { ProblemError } from '../../src/core/problem';

export default defineNode({
  type: 'models/checkpoint',
  version: 1,
  title: 'Checkpoint',
  help: 'A trained model: what reads the words, what finds the noise, and what turns latents into pictures.',
  alsoCalled: 'Load Checkpoint, CheckpointLoaderSimple, model',
  icon: 'box',
  params: z.object({
    model: modelReference({
      accepts: ['checkpoint', 'onnx'],
      description: 'A checkpoint of Stable Diffusion 1 or 2: one file or a folder; "tiny" is built in.',
    }).default('tiny'),
    prediction: predictionParameter(),
  }),
  in: {},
  out: {
    encoder: { kind: 'text-encoder', help: 'Reads the words of a prompt.' },
    unet: { kind: 'unet', help: 'Finds the noise in a latent.' },
    vae: { kind: 'vae', help: 'Turns latents into pictures and back.' },
  },
  async run({ params, host }) {
    // Fetched when a graph runs: the page that shows nodes need not know how they compute.
    const { openModel } = await import('../../models/open-model');
    const folder = await host.folder(params.model);
    const opened = await openModel(folder, {
      vocabulary: () => host.folder(CLIP_VOCABULARY),
      prediction: params.prediction,
    });
    const { textEncoder, unet, vae, identity } = opened;
    if (!textEncoder || !unet || !vae) {
      const missing = [!textEncoder && 'text encoder', !unet && 'UNet', !vae && 'VAE'].filter(Boolean).join(' and no ');
      throw new ProblemError({
        port: 'model',
        what: `"${folder.title}" has no ${missing}. ${identity.sentence}`,
        cure: 'Load its parts with the nodes UNet, VAE and Text encoder model, and those it lacks from another file.',
      });
    }
    return { encoder: textEncoder, unet, vae };
  },
});
