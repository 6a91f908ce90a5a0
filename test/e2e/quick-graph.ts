import { graph } from './editor';

const node = (id: string, type: string, at: readonly number[], more = {}) => ({
  id,
  type,
  version: 1,
  at,
  params: {},
  ...more,
});

/** Noise that is shown as a picture: quick to make, and another one for each seed. */
export const quick = graph(
  [
    node('models', 'models/checkpoint', [0, 0], { params: { model: 'tiny' } }),
    node('noise', 'latent/noise', [0, 240], {
      params: { width: 64, height: 64, seed: 10 },
      rolls: { seed: 'increment' },
    }),
    node('decode', 'image/vae-decode', [260, 120]),
    node('preview', 'image/preview', [480, 0]),
  ],
  [
    { from: ['noise', 'latent'], to: ['decode', 'latent'] },
    { from: ['models', 'vae'], to: ['decode', 'vae'] },
    { from: ['decode', 'image'], to: ['preview', 'image'] },
  ],
);
