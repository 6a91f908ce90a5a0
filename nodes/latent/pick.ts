import { z } from 'zod';
import { pickImages } from '../../models/layout';
import { defineNode } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';

export default defineNode({
  type: 'latent/pick',
  version: 1,
  title: 'Batch pick',
  help: 'Takes some latents out of a batch, by their place in it.',
  icon: 'select',
  params: z.object({
    images: z
      .string()
      .regex(/^[\s,;]*\d+([\s,;]+\d+)*[\s,;]*$/, 'Write whole numbers with commas between them.')
      .max(2000)
      .default('0')
      .meta({ description: 'Counted from 0, such as 0, 3; an image may come more than once.' }),
  }),
  in: { latent: { kind: 'latent', help: 'A batch of latents.' } },
  out: { latent: { kind: 'latent', help: 'Those that were picked, in that order.' } },
  async run({ in: { latent }, params, device }) {
    const indices = params.images
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map(Number);
    const [count = 0] = latent.tensor.dims;
    const beyond = indices.find((index) => index >= count);
    if (beyond !== undefined)
      throw new ProblemError({
        port: 'images',
        what: `There is no image ${beyond}: this batch has ${count}, counted from 0.`,
        cure: `Take numbers from 0 to ${count - 1}.`,
      });
    const streams = latent.generator?.seeds;
    const seeds = streams && indices.map((index) => streams[index] as string);
    const tensor = await pickImages(device, latent.tensor, indices);
    return {
      latent: {
        tensor,
        ...(latent.generator && seeds && { generator: { ...latent.generator, seed: seeds[0] as string, seeds } }),
      },
    };
  },
});
