import type { Device, Network, Tensors } from '../../../src/core/device';
import type { UNet } from '../../../src/core/values';
import { TorchGenerator } from '../../../src/diffusion/random/torch-generator';
import { bytesOf } from '../../../src/onnx/shapes';

/** Of reference/make_full_size.py. */
const TIMESTEP = 801;
const LATENT = [1, 4, 64, 64];
const CONTEXT = [1, 77, 768];

export interface Loading {
  /** Milliseconds from the first network that is asked for until its last weight was read, and until it could run. */
  read: number;
  load: number;
  /** Bytes of its weights as the runtime holds them, and of the largest. */
  weights: number;
  largest: number;
}

/** A device that tells how its first network is loaded: when the last weight was read, and before it runs, for which it waits. */
export function watchLoading(device: Device, loaded: (loading: Loading) => void | Promise<void>): Device {
  let first = true;
  const run = async (network: Network, feeds: Tensors) => {
    if (!first) return device.run(network, feeds);
    first = false;
    const loading: Loading = { read: 0, load: 0, weights: 0, largest: 0 };
    const begin = performance.now();
    const count = (bytes: Uint8Array) => {
      loading.read = performance.now() - begin;
      loading.weights += bytes.byteLength;
      loading.largest = Math.max(loading.largest, bytes.byteLength);
      if (loading.weights === all) void loaded({ ...loading });
      return bytes;
    };
    const { unbound } = network;
    const all = unbound?.weights.reduce((sum, weight) => sum + bytesOf(weight), 0);
    const watched: Network = {
      key: network.key,
      model: () => network.model(),
      weights: network.weights.map((file) => ({ ...file, read: (from, to) => count(file.read(from, to)) })),
      ...(unbound && {
        unbound: {
          model: () => unbound.model(),
          weights: unbound.weights.map((weight) => ({ ...weight, read: () => count(weight.read()) })),
        },
      }),
    };
    await device.load(watched);
    loading.load = performance.now() - begin;
    await loaded({ ...loading });
    return device.run(network, feeds);
  };
  // Not a spread: what a class has is not its own.
  return new Proxy(device, {
    get: (target, name) => {
      if (name === 'run') return run;
      const value = Reflect.get(target, name, target) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** The evaluation that the fixture holds. The first of `seconds` is without loading where the device was watched. */
export async function evaluate(
  device: Device,
  unet: UNet,
  times: number,
): Promise<{ prediction: Float32Array; seconds: number[] }> {
  const drawn = (seed: number, dims: readonly number[]) =>
    device.tensor(new TorchGenerator(seed).randn(dims.reduce((product, dim) => product * dim, 1)), dims);
  const [latent, context] = [drawn(1, LATENT), drawn(2, CONTEXT)];
  const seconds: number[] = [];
  let prediction = new Float32Array();
  for (let i = 0; i < times; i++) {
    const begin = device.spent.milliseconds;
    const [made] = await unet.predict(device, { latent, inputScale: 1, timestep: TIMESTEP, contexts: [context] });
    if (!made) throw new Error('The UNet predicted nothing.');
    prediction = (await device.read(made)) as Float32Array<ArrayBuffer>;
    device.dispose(made);
    seconds.push((device.spent.milliseconds - begin) / 1000);
  }
  return { prediction, seconds };
}
