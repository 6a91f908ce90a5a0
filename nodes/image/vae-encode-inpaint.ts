import { z } from 'zod';
import { crop } from '../../models/layout';
import { greyOut } from '../../models/mask-arithmetic';
import { defineNode } from '../../src/core/define-node';
import { cellPixels } from '../../src/core/foresight';
import { tilesParameter } from '../../src/core/tiles-parameter';

export default defineNode({
  type: 'image/vae-encode-inpaint',
  version: 1,
  title: 'VAE encode for inpainting',
  help: 'Turns a picture into a latent whose masked part is grey and is to be repainted, as ComfyUI does.',
  alsoCalled: 'VAE Encode (for Inpainting), VAEEncodeForInpaint',
  icon: 'photo-up',
  params: z.object({
    grow: z
      .int()
      .min(0)
      .max(64)
      .default(6)
      .meta({ unit: 'px', description: 'How wide the square is by which the mask grows, so that no seam shows.' }),
    tiles: tilesParameter(),
  }),
  in: {
    vae: { kind: 'vae', help: 'The model that will read the latent.' },
    image: { kind: 'image', help: 'The picture; what is beyond a multiple of 8 is cut off evenly.' },
    mask: { kind: 'mask', help: 'What is repainted; it is brought to the size of the picture.' },
  },
  out: { latent: { kind: 'latent', help: 'The latent with its mask, for a KSampler at full strength.' } },
  foresee: ({ sizes: { image } }) => ({
    sizes: {
      latent: image && {
        ...image,
        width: Math.floor(image.width / cellPixels),
        height: Math.floor(image.height / cellPixels),
      },
    },
  }),
  async run({ in: { vae, image, mask }, params: { grow, tiles }, device }) {
    const { maskForInpainting } = await import('../../models/inpainting-mask');
    const [, , height = 0, width = 0] = image.tensor.dims;
    const { covered, grown, place } = await maskForInpainting(device, mask.tensor, { width, height }, vae.factor, grow);
    const cut = place.width === width && place.height === height ? undefined : await crop(device, image.tensor, place);
    const grey = await greyOut(device, cut ?? image.tensor, covered, { scaling: 'nearest', edges: 'soft' });
    if (cut) device.dispose(cut);
    device.dispose(covered);
    const { mean, std } = await vae.encode(device, grey, tiles);
    device.dispose(grey);
    device.dispose(std);
    return { latent: { tensor: mean, mask: grown } };
  },
});
