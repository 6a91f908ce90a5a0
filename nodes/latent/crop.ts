import { z } from 'zod';
import { crop } from '../../models/layout';
import { defineNode } from '../../src/core/define-node';
import { outside } from '../../src/core/foresight';
import { ProblemError } from '../../src/core/problem';

const cells = z.int().max(512).meta({ unit: 'cells' });

export default defineNode({
  type: 'latent/crop',
  version: 1,
  title: 'Latent crop',
  help: 'Cuts a rectangle out of a latent. A cell of a latent is 8 px of the picture with Stable Diffusion.',
  icon: 'crop',
  params: z.object({
    left: cells.min(0).default(0).describe('Where the rectangle begins, from the left side.'),
    top: cells.min(0).default(0).describe('Where the rectangle begins, from the top.'),
    width: cells.min(1).default(32).describe('How wide the rectangle is.'),
    height: cells.min(1).default(32).describe('How high the rectangle is.'),
  }),
  in: { latent: { kind: 'latent', help: 'The latent to cut from.' } },
  out: { latent: { kind: 'latent', help: 'The rectangle alone.' } },
  foresee({ params: { left, top, width, height }, sizes: { latent } }) {
    if (width === undefined || height === undefined) return {};
    const sizes = { latent: { ...latent, width, height } };
    const beyond =
      latent && left !== undefined && top !== undefined && outside({ left, top, width, height }, latent, 'latent');
    return beyond ? { sizes, problems: [beyond] } : { sizes };
  },
  async run({ in: { latent }, params, device }) {
    const [, , height = 0, width = 0] = latent.tensor.dims;
    if (params.left + params.width > width || params.top + params.height > height)
      throw new ProblemError({
        port: 'latent',
        what: `The rectangle does not fit into this latent of ${width} × ${height} cells.`,
        cure: 'Make it smaller or move it.',
      });
    return { latent: { tensor: await crop(device, latent.tensor, params) } };
  },
});
