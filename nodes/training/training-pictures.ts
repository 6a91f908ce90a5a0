import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

const side = z.int().min(64).max(2048).multipleOf(8).default(512).meta({ unit: 'px', step: 8 });

const unchosen = {
  port: 'files',
  what: 'There are no pictures to learn from.',
  cure: 'Choose or drop some: five to twenty are enough.',
};

export default defineNode({
  type: 'training/training-pictures',
  version: 1,
  title: 'Training pictures',
  help: 'Pictures to learn from, brought to one size, with what they show in words. They stay on this computer.',
  icon: 'photo-star',
  params: z.object({
    files: z.string().max(100_000).default('').meta({
      widget: 'files',
      accept: 'image/png,image/jpeg,image/webp',
      textsInto: 'captions',
      description: 'Several pictures, or a folder of them. Texts beside them, a.txt for a.png, become their captions.',
    }),
    cut: z
      .enum(['middle', 'whole', 'tiles'])
      .default('middle')
      .meta({
        labels: { middle: 'the middle of each', whole: 'each whole, stretched', tiles: 'sheets, cut into tiles' },
        description: 'What is taken of each file.',
      }),
    width: side.meta({ description: 'In which they are learned, best that which the model was made for.' }),
    height: side.meta({ description: 'In which they are learned.' }),
    mirror: z.boolean().default(true).meta({
      description: 'Adds the mirror image of each. Not where left and right matter, as in writing.',
    }),
    captions: z.string().max(20_000).default('a picture').meta({
      widget: 'lines',
      description: 'What the pictures show: a line for each picture in their order, or one for all.',
    }),
    classPrompts: z.string().max(20_000).default('').meta({
      widget: 'lines',
      advanced: true,
      description:
        'What the model must not forget while it learns: prompts of the same class without the new word, and of other things, one per line.',
    }),
  }),
  in: {},
  out: {
    image: { kind: 'image', help: 'All pictures as a batch, mirrored ones after the others.' },
    captions: { kind: 'text', help: 'Their captions, for a node that learns.' },
    classPrompts: {
      kind: 'text',
      lists: true,
      help: 'The class prompts one by one, for a Text encoder, and for Learn a subject.',
    },
  },
  foresee({ params: { files = '', width, height, cut, mirror } }) {
    const count = lines(files).length;
    if (count === 0) return { problems: [unchosen] };
    if (width === undefined || height === undefined || cut === 'tiles') return {};
    return { sizes: { image: { width, height, count: count * (mirror ? 2 : 1) } } };
  },
  async run({ params: { files, captions, classPrompts, width, height, cut, mirror }, device, host }) {
    const { preparePictures } = await import('../../models/training/prepare-pictures');
    const references = lines(files);
    if (references.length === 0) throw new ProblemError(unchosen);
    const pictures = [];
    for (const reference of references) {
      const source = await host.open(reference);
      pictures.push(await host.decodeImage(source.read(0, source.size)));
    }
    const small = pictures.findIndex((one) => cut === 'tiles' && (one.width < width || one.height < height));
    if (small >= 0) {
      throw new ProblemError({
        port: 'files',
        what: `Picture ${small + 1} is smaller than a tile of ${width} × ${height}.`,
        cure: 'Make the tiles smaller, or take the middle of each.',
      });
    }
    const tensor = await preparePictures(device, pictures, { width, height }, { cut, mirror });
    const prompts = lines(classPrompts);
    return {
      image: { tensor },
      captions: lines(captions).join('\n'),
      // A list has at least one entry, though nobody may want it.
      classPrompts: (prompts.length ? prompts : ['']).map((value) => ({ label: value, value })),
    };
  },
});
