import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';

const unchosen = { port: 'file', what: 'No picture is chosen.', cure: 'Choose a file, or drop one on the canvas.' };

export default defineNode({
  type: 'image/load-image',
  usualSource: true,
  version: 1,
  title: 'Load image',
  help: 'A picture from a file, to start from, to repaint, or for a ControlNet to follow.',
  alsoCalled: 'LoadImage, open picture',
  icon: 'photo',
  params: z.object({
    file: z.string().max(1000).default('').meta({
      widget: 'file',
      accept: 'image/png,image/jpeg,image/webp,.npy,.safetensors',
      description: 'PNG, JPEG or WebP; or a .npy or .safetensors file that was saved from a wire.',
    }),
  }),
  in: {},
  out: {
    image: { kind: 'image', help: 'The picture; what is transparent lies on white.' },
    mask: { kind: 'mask', help: 'White where the picture is transparent, black where it is not.' },
  },
  foresee: ({ params }) => (params.file === '' ? { problems: [unchosen] } : {}),
  async run({ params, device, host }) {
    if (!params.file) throw new ProblemError(unchosen);
    const source = await host.open(params.file);
    const { arrayPicture } = await import('../../models/array-picture');
    const array = arrayPicture(source, 3);
    if (array) {
      const [count = 1, , high = 1, wide = 1] = array.dims;
      return {
        image: { tensor: device.tensor(array.data, array.dims) },
        mask: { tensor: device.tensor(new Float32Array(count * high * wide), [count, 1, high, wide]) },
      };
    }
    const { data, width, height, alpha } = await host.decodeImage(source.read(0, source.size));
    const mask = alpha?.map((value) => 1 - value) ?? new Float32Array(width * height);
    return {
      image: { tensor: device.tensor(data, [1, 3, height, width]) },
      mask: { tensor: device.tensor(mask, [1, 1, height, width]) },
    };
  },
});
