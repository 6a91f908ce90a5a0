import { z } from 'zod';
import type { Tiles } from './values';

const choices = ['auto', 'on', 'off'] as const satisfies readonly Tiles[];

/** The parameter of the nodes that run an autoencoder. */
export const tilesParameter = () =>
  z
    .enum(choices)
    .default('auto')
    .meta({
      advanced: true,
      description:
        'Large pictures in overlapping tiles, as with enable_tiling of diffusers: auto where a whole one does not fit the device, ' +
        'on wherever one is larger than a tile. Colours may then differ a little from tile to tile.',
    });
