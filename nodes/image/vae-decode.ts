import { z } from 'zod';
import { wholePicture } from '../../models/picture-memory';
import { defineNode } from '../../src/core/define-node';
import { cellPixels } from '../../src/core/foresight';
import { tilesParameter } from '../../src/core/tiles-parameter';

export default defineNode({
  type: 'image/vae-decode',
  version: 1,
  title: 'VAE decode',
  help: 'Turns a latent into a picture, with the decoder of the model’s autoencoder.',
  formula: 'image = (D(z / f) + 1) / 2',
  symbols: { D: 'decoder', z: 'latent', f: 'scaling factor of the model' },
  alsoCalled: 'VAEDecode',
  icon: 'photo-down',
  params: z.object({ tiles: tilesParameter() }),
  in: {
    vae: { kind: 'vae', help: 'The model that knows how this latent is read.' },
    latent: { kind: 'latent', help: 'The finished latent.' },
  },
  out: {
    image: { kind: 'image', help: 'The picture, eight times as wide and as high as the latent with Stable Diffusion.' },
  },
  foresee: ({ sizes: { latent } }) => ({
    sizes: { image: latent && { ...latent, width: latent.width * cellPixels, height: latent.height * cellPixels } },
  }),
  foreseeMemory({ in: { vae }, params: { tiles }, sizes: { latent }, device }) {
    if (!vae || !latent || tiles !== 'off') return undefined;
    const { width, height, count = 1 } = latent;
    return wholePicture(vae.need?.(device, 'decoder', [count, vae.latentChannels, height, width]), 'Decode');
  },
  async run({ in: { vae, latent }, params, device }) {
    return { image: { tensor: await vae.decode(device, latent.tensor, params.tiles) } };
  },
});
