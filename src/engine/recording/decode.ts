import type { Device } from '../../core/device';
import type { Picture } from '../events';
import { picturesOf } from '../picture';
import type { ValueAddress } from './address';
import { modelAfter } from './model-after';
import type { PlainTensor } from './plain';
import type { Recording } from './recording';

/** A recorded latent as a picture; undefined where there is no latent or no autoencoder. */
export async function decode(
  device: Device,
  recording: Recording,
  address: ValueAddress,
  image: number,
): Promise<Picture | undefined> {
  const value = await recording.valueOf(address);
  const vae = value?.kind === 'latent' ? modelAfter(recording, address, 'vae') : undefined;
  if (value?.kind !== 'latent' || !vae) return undefined;
  const [count = 0, ...dims] = value.tensor.dims;
  if (image >= count || dims[0] !== vae.latentChannels) return undefined;
  const latent = device.tensor(imageOf(value.tensor, image), [1, ...dims]);
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
