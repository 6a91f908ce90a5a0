import { z } from 'zod';
import { pickImages } from '../../models/layout';
import { defineNode } from '../../src/core/define-node';
import { resizeDraws } from '../../src/diffusion/random';

export default defineNode({
  type: 'latent/repeat',
  version: 1,
  title: 'Latent repeat',
  help: 'Makes a batch of several copies of a latent, to denoise one picture in several ways at once.',
  alsoCalled: 'Repeat Latent Batch',
  icon: 'copy',
  params: z.object({ count: z.int().min(1).max(64).default(2).meta({ description: 'Copies of the whole batch.' }) }),
  in: { latent: { kind: 'latent', help: 'The latents to copy.' } },
  out: { latent: { kind: 'latent', help: 'All copies, one batch after the other.' } },
  foresee: ({ params: { count }, sizes: { latent } }) => ({
    sizes: { latent: latent && count ? { ...latent, count: count * (latent.count ?? 1) } : undefined },
  }),
  async run({ in: { latent }, params: { count }, device }) {
    const [images = 0, ...shape] = latent.tensor.dims;
    const elements = shape.reduce((n, dim) => n * dim, images);
    const indices = Array.from({ length: count * images }, (_, i) => i % images);
    const { generator } = latent;
    const streams = generator?.seeds ? undefined : generator && resizeDraws(generator, elements, count * elements);
    const tensor = await pickImages(device, latent.tensor, indices);
    const { mask } = latent;
    const masks = mask?.dims[0] === 1 ? mask : mask && (await pickImages(device, mask, indices));
    return { latent: { tensor, ...(streams && { generator: streams }), ...(masks && { mask: masks }) } };
  },
});
