import { z } from 'zod';
import { openDiffusersFolder } from '../../models/diffusers-folder';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'models/checkpoint',
  version: 1,
  title: 'Checkpoint',
  help: 'A trained model: what reads the words, what finds the noise, and what turns latents into pictures.',
  icon: 'box',
  params: z.object({
    model: z
      .string()
      .max(1000)
      .default('tiny')
      .meta({ widget: 'model', description: 'A model folder; "tiny" is built in.' }),
  }),
  in: {},
  out: { encoder: 'text-encoder', unet: 'unet', vae: 'vae' },
  async run({ params, host }) {
    const folder = await host.folder(params.model);
    const { textEncoder, unet, vae } = await openDiffusersFolder(folder, folder);
    return { encoder: textEncoder, unet, vae };
  },
});
