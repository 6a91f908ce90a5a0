import type { Device } from '../../core/device';
import type { Picture } from '../events';
import { picturesOf } from '../picture';
import type { ValueAddress } from './address';
import { modelAfter } from './model-after';
import type { PlainTensor } from './plain';
import type { Recording } from './recording';

/**
 * A recorded latent as a picture: of a latent image `image` of its batch, of a trajectory the first image of its step `image`.
 * Undefined where there is no latent or no autoencoder.
 */
export async function decode(
  device: Device,
  recording: Recording,
  address: ValueAddress,
  image: number,
): Promise<Picture | undefined> {
  const value = await recording.valueOf(address);
  const tensor =
    value?.kind === 'latent' ? value.tensor : value?.kind === 'trajectory' ? value.latents[image] : undefined;
  const vae = tensor && modelAfter(recording, address, 'vae');
  if (!tensor || !vae) return undefined;
  const at = value?.kind === 'latent' ? image : 0;
  const [count = 0, ...dims] = tensor.dims;
  if (at >= count || dims[0] !== vae.latentChannels) return undefined;
  const latent = device.tensor(imageOf(tensor, at), [1, ...dims]);
  try {
    const decoded = await vae.decode(device, latent);
    const [picture] = await picturesOf(device, decoded);
    device.dispose(decoded);
    return picture;
  } finally {
    device.dispose(latent);
  }
}

/** The elements of one of several images in a tensor. */
function imageOf({ dims, data }: PlainTensor, image: number): Float32Array<ArrayBuffer> {
  const size = data.length / (dims[0] ?? 1);
  return Float32Array.from(data.subarray(image * size, (image + 1) * size));
}
