import { z } from 'zod';
import { animationFormats, defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'image/animation',
  version: 1,
  title: 'Animation',
  help: 'Plays all pictures on its wire one after the other, and saves them as one file.',
  alsoCalled: 'Video Combine, GIF, SaveAnimatedWEBP',
  icon: 'movie',
  params: z.object({
    rate: z.number().min(0.1).max(60).default(8).meta({ unit: '1/s', description: 'Pictures a second.' }),
    hold: z
      .number()
      .min(0)
      .max(60)
      .default(1)
      .meta({ unit: 's', description: 'How much longer the last picture stays.' }),
    back: z
      .boolean()
      .default(false)
      .meta({ description: 'After the last picture it goes back to the first, one by one.' }),
    labels: z.boolean().default(true).meta({ description: 'Writes on each picture which one it is.' }),
    format: z
      .enum(animationFormats)
      .default('gif')
      .meta({
        description:
          'What the file is. GIF plays everywhere and has 256 colours; APNG loses nothing; the others are small.',
        labels: { gif: 'GIF', apng: 'APNG', webp: 'WebP', mp4: 'MP4', webm: 'WebM' },
      }),
  }),
  in: { images: { kind: 'image', gathers: true, help: 'The pictures: a list or a batch, in its order.' } },
  out: {},
  shows: 'images',
  plays: (params) => params,
  run: () => ({}),
});
