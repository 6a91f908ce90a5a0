import { z } from 'zod';
import { drawSample } from '../../models/arithmetic';
import { crop } from '../../models/layout';
import { wholePicture } from '../../models/picture-memory';
import { defineNode, seed } from '../../src/core/define-node';
import { cellPixels, rounded, sizeWords } from '../../src/core/foresight';
import { ProblemError } from '../../src/core/problem';
import { tilesParameter } from '../../src/core/tiles-parameter';
import { drawNoise, resizeDraws, startGenerator } from '../../src/diffusion/random';

const elements = (dims: readonly number[]) => dims.reduce((n, dim) => n * dim, 1);

export default defineNode({
  type: 'image/vae-encode',
  version: 1,
  title: 'VAE encode',
  help: 'Turns a picture into a latent: the mean of what the encoder sees in it, or a sample around it.',
  formula: 'z = f · E(2 · image − 1)',
  symbols: { E: 'encoder', z: 'latent', f: 'scaling factor of the model' },
  alsoCalled: 'img2img, VAEEncode',
  icon: 'photo-up',
  params: z.object({
    take: z.enum(['mean', 'sample']).default('mean').meta({
      description:
        'The mean is always the same; diffusers draws a sample, before the noise that the picture starts from.',
    }),
    sizes: z.enum(['exact', 'crop']).default('exact').meta({
      advanced: true,
      description: 'What to do with sides that are no multiple of 8: refuse them, or cut off what is beyond, evenly.',
    }),
    tiles: tilesParameter(),
    seed: seed().default('42').meta({ advanced: true, description: 'For a sample: where its random numbers start.' }),
    seeds: z
      .string()
      .max(2000)
      .default('')
      .meta({ advanced: true, description: 'For a sample: a seed for each picture instead, such as 7, 42.' }),
  }),
  in: {
    vae: { kind: 'vae', help: 'The model that will read the latent.' },
    image: { kind: 'image', help: 'The picture; its sides are multiples of 8 with Stable Diffusion.' },
    after: {
      kind: 'latent',
      optional: true,
      help: 'For a sample: go on in the stream of random numbers of this latent instead of starting at the seed.',
    },
  },
  out: { latent: { kind: 'latent', help: 'The picture as a latent, without noise.' } },
  foresee({ params, sizes: { image } }) {
    if (!image) return {};
    const near = params.sizes === 'crop' ? undefined : rounded(image);
    if (near) {
      const what = `This picture is ${sizeWords(image)}; the VAE takes multiples of ${cellPixels}.`;
      const insert = { type: 'image/resize-image', params: near };
      return { problems: [{ port: 'image', what, cure: 'Put a Resize image before it.', insert }] };
    }
    return {
      sizes: {
        latent: {
          ...image,
          width: Math.floor(image.width / cellPixels),
          height: Math.floor(image.height / cellPixels),
        },
      },
    };
  },
  foreseeMemory({ in: { vae }, params: { tiles }, sizes: { image }, device }) {
    if (!vae || !image || tiles !== 'off') return undefined;
    const { width, height, count = 1 } = image;
    return wholePicture(vae.need?.(device, 'encoder', [count, 3, height, width]), 'Encode');
  },
  async run({ in: { vae, image, after }, params, device }) {
    const [, , height = 0, width = 0] = image.tensor.dims;
    const [beyond, over] = [height % vae.factor, width % vae.factor];
    if ((beyond || over) && params.sizes === 'exact')
      throw new ProblemError({
        port: 'image',
        what: `This picture is ${width} × ${height}; the VAE takes multiples of ${vae.factor}.`,
        cure: 'Put a Resize image before it.',
      });
    const place = {
      left: Math.floor(over / 2),
      top: Math.floor(beyond / 2),
      width: width - over,
      height: height - beyond,
    };
    const cut = beyond || over ? await crop(device, image.tensor, place) : undefined;
    const { mean, std } = await vae.encode(device, cut ?? image.tensor, params.tiles);
    if (cut) device.dispose(cut);
    try {
      if (params.take === 'mean') return { latent: { tensor: mean } };
      const stream = after?.generator ?? startGenerator(params.seed, params.seeds);
      const [images = 1, ...shape] = mean.dims;
      const dims = [stream.seeds?.length ?? images, ...shape];
      if (images > 1 && dims[0] !== images)
        throw new ProblemError({
          port: 'image',
          what: `There are ${images} pictures, but ${dims[0]} seeds.`,
          cure: 'Give as many seeds as there are pictures, or one picture.',
        });
      const from = resizeDraws(stream, elements(after?.tensor.dims ?? dims), elements(dims));
      const { noise, generator } = drawNoise(from, elements(dims));
      const draw = device.tensor(noise, dims);
      const tensor = await drawSample(device, mean, std, draw);
      device.dispose(draw);
      device.dispose(mean);
      return { latent: { tensor, generator } };
    } finally {
      device.dispose(std);
    }
  },
});
