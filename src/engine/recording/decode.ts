import type { Device } from '../../core/device';
import type { Vae } from '../../core/values';
import type { Picture } from '../events';
import { picturesOf } from '../picture';
import type { ValueAddress } from './address';
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
  const vae = value?.kind === 'latent' ? vaeAfter(recording, address) : undefined;
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

/** The autoencoder of the next node behind an output that has one, else of any node. */
function vaeAfter(recording: Recording, { node, item }: ValueAddress): Vae | undefined {
  const readers = new Map<string, string[]>();
  const vaes = new Map<string, Vae>();
  for (const [id, { node: planned }] of recording.places)
    for (const { spec, from } of planned.inputs) {
      readers.set(from[0], [...(readers.get(from[0]) ?? []), id]);
      const vae = spec.kind === 'vae' ? vaeAt(recording, from, item) : undefined;
      if (vae) vaes.set(id, vae);
    }
  const reached = new Set([node]);
  for (const id of reached) {
    const vae = id === node ? undefined : vaes.get(id);
    if (vae) return vae;
    for (const reader of readers.get(id) ?? []) reached.add(reader);
  }
  return [...vaes.values()][0];
}

const vaeAt = (recording: Recording, [node, port]: readonly [string, string], item: number): Vae | undefined =>
  (recording.part({ node, port, item }) ?? recording.part({ node, port, item: 0 }))?.model as Vae | undefined;
