import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';

const unchosen = { port: 'file', what: 'No picture is chosen.', cure: 'Choose a file, or drop one on the canvas.' };

export default defineNode({
  type: 'image/load-image',
  version: 1,
  title: 'Load image',
  help: 'A picture from a file, to start from, to repaint, or for a ControlNet to follow.',
  alsoCalled: 'LoadImage, open picture',
  icon: 'photo',
  params: z.object({
    file: z
      .string()
      .max(1000)
      .default('')
      .meta({ widget: 'file', accept: 'image/png,image/jpeg,image/webp', description: 'PNG, JPEG or WebP.' }),
  }),
  in: {},
  out: { image: { kind: 'image', help: 'The picture; what is transparent lies on white.' } },
  foresee: ({ params }) => (params.file === '' ? { problems: [unchosen] } : {}),
  async run({ params, device, host }) {
    if (!params.file) throw new ProblemError(unchosen);
    const source = await host.open(params.file);
    const { data, width, height } = await host.decodeImage(source.read(0, source.size));
    return { image: { tensor: device.tensor(data, [1, 3, height, width]) } };
  },
});
