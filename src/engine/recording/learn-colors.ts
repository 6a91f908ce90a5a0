import type { Device, Tensor } from '../../core/device';
import type { KindValues } from '../../core/kinds';
import type { Blocks } from './blocks';
import { FittedColors } from './fitted-colors';

interface Learned {
  readonly blocks: Blocks;
  /** By key of the autoencoder. */
  readonly colors: Map<string, FittedColors>;
}

/** Takes in what an autoencoder made of a latent, when the numbers of both are there. */
export async function learnColors(
  { blocks, colors }: Learned,
  device: Device,
  { key, latentChannels }: KindValues['vae'],
  latent: Tensor,
  image: Tensor,
): Promise<void> {
  const [cells, pixels] = [blocks.take(device, latent), blocks.take(device, image)];
  const [latents, images] = [await blocks.read(cells), await blocks.read(pixels)];
  const fitted = colors.get(key) ?? new FittedColors(latentChannels);
  colors.set(key, fitted);
  if (latents && images) fitted.learn(latents, images);
  blocks.drop(cells);
  blocks.drop(pixels);
}
