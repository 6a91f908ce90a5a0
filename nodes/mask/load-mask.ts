import { z } from 'zod';
import { imageChannels, maskOfImage } from '../../models/mask-images';
import { defineNode } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';

const unchosen = { port: 'file', what: 'No picture is chosen.', cure: 'Choose a file, or drop one on the canvas.' };

export default defineNode({
  type: 'mask/load-mask',
  version: 1,
  title: 'Load mask',
  help: 'A mask from a picture file: what is white is repainted, or by its alpha channel what is transparent.',
  icon: 'masks-theater',
  params: z.object({
    file: z.string().max(1000).default('').meta({
      widget: 'file',
      accept: 'image/png,image/jpeg,image/webp,.npy,.safetensors',
      description: 'PNG, JPEG or WebP; or a .npy or .safetensors file that was saved from a wire.',
    }),
    channel: z
      .enum([...imageChannels, 'transparency'])
      .default('luminance')
      .meta({ description: 'Which part of the picture counts.' }),
  }),
  in: {},
  out: { mask: { kind: 'mask', help: 'The mask, in the size of the picture.' } },
  foresee: ({ params }) => (params.file === '' ? { problems: [unchosen] } : {}),
  async run({ params: { file, channel }, device, host }) {
    if (!file) throw new ProblemError(unchosen);
    const source = await host.open(file);
    const { arrayPicture } = await import('../../models/array-picture');
    const array = arrayPicture(source, 1);
    if (array) return { mask: { tensor: device.tensor(array.data, array.dims) } };
    const { data, width, height, alpha } = await host.decodeImage(source.read(0, source.size));
    if (channel === 'transparency') {
      const mask = alpha?.map((value) => 1 - value) ?? new Float32Array(width * height);
      return { mask: { tensor: device.tensor(mask, [1, 1, height, width]) } };
    }
    const image = device.tensor(data, [1, 3, height, width]);
    const tensor = await maskOfImage(device, image, channel);
    device.dispose(image);
    return { mask: { tensor } };
  },
});
