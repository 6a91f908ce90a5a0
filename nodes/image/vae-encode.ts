import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';

export default defineNode({
  type: 'image/vae-encode',
  version: 1,
  title: 'VAE encode',
  help: 'Turns a picture into a latent: the mean of what the encoder sees in it.',
  icon: 'photo-up',
  params: z.object({}),
  in: { vae: 'vae', image: 'image' },
  out: { latent: 'latent' },
  async run({ in: { vae, image }, device }) {
    const [, , height = 0, width = 0] = image.tensor.dims;
    if (height % vae.factor || width % vae.factor)
      throw new ProblemError({
        port: 'image',
        what: `This picture is ${width} × ${height}; the VAE takes multiples of ${vae.factor}.`,
        cure: 'Put a Resize image before it.',
      });
    const { mean, std } = await vae.encode(device, image.tensor);
    device.dispose(std);
    return { latent: { tensor: mean } };
  },
});
