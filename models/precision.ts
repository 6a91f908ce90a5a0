import type { Device, MemoryNeed, Network, Tensor, Tensors } from '../src/core/device';
import type { Graph, GraphOptions, Precision } from '../src/onnx/graph';
import { defineNetwork } from '../src/onnx/network';
import { runInPieces } from '../src/onnx/pieces';
import { elements } from '../src/onnx/shapes';
import type { Weights } from '../src/onnx/weights';

/**
 * Options of networks that are always computed in float32: autoencoders, since Stable Diffusion 1's exceeds 65504 between
 * its layers (huggingface.co/madebyollin/sdxl-vae-fp16-fix tells of it), and text encoders, which are small and run once.
 */
export function inFloat32(options: GraphOptions | undefined): GraphOptions {
  return { fused: options?.fused ?? true };
}

/** WebAssembly has 4 GiB for everything. A network with more float32 weights than this holds them as its file does. */
const MOST_ON_WASM = 2 * 2 ** 30;

/** What the check in float32 holds at once. */
const PIECE = 256 * 2 ** 20;

/**
 * How far half precision may be from float32, as the root mean square of the difference by that of the numbers. Rounding
 * makes 0.1 to 3 percent, the latter where kernels also add up in half precision; a kernel that overflows where it squares
 * or sums, and goes on with finite numbers, makes a multiple of this.
 */
const MOST_DIFFERENCE = 0.1;

interface Stored {
  /** In float32. */
  readonly bytes: number;
  /** Whether most elements are stored in half precision. */
  readonly halves: boolean;
}

function storedAs(weights: Weights): Stored {
  let all = 0;
  let halves = 0;
  for (const name of weights.names) {
    const count = elements(weights.shape(name) ?? [0]);
    all += count;
    if (weights.dtype(name) === 'F16') halves += count;
  }
  return { bytes: all * 4, halves: halves > all / 2 };
}

/** What a device found when it first computed a model in half precision. */
const verdicts = new WeakMap<Device, Map<string, Precision>>();

/**
 * A large network whose weights decide what it computes in: half precision where they are stored so and the device computes
 * in it, else float32. The first evaluation in half precision is made again in float32, piece by piece, so that never more
 * than a part of the weights is held twice; where the two differ, the model stays in float32 and the device says so.
 */
export class AdaptiveNetwork {
  readonly #networks = new Map<string, Network>();
  #stored: Stored | undefined;

  constructor(
    /** Content key of config and weights, and what the model is called. */
    readonly model: { readonly key: string; readonly title: string },
    readonly weights: Weights,
    readonly options: GraphOptions = { fused: true },
  ) {}

  /** Runs the network that `build` describes; `key` says everything that decides it. */
  async run(
    device: Device,
    key: string,
    build: (graph: Graph) => void,
    feeds: Tensors,
  ): Promise<Record<string, Tensor>> {
    const precision = this.#precision(device);
    const network = this.#network(key, build, precision);
    if (this.options.precision !== undefined || precision !== 'float16' || this.#verdicts(device).has(this.model.key)) {
      return device.run(network, feeds);
    }
    const results = await device.run(network, feeds);
    const options = { ...this.options, precision: 'float32', most: PIECE } as const;
    const exact = await runInPieces(device, key, build, feeds, options).catch((error: Error) => error);
    if (exact instanceof Error) {
      this.#verdicts(device).set(this.model.key, 'float16');
      device.remark(`Whether "${this.model.title}" is right in half precision could not be checked. ${exact.message}`);
      return results;
    }
    const difference = await largestDifference(device, results, exact);
    const sound = difference <= MOST_DIFFERENCE;
    this.#verdicts(device).set(this.model.key, sound ? 'float16' : 'float32');
    for (const tensor of Object.values(sound ? exact : results)) device.dispose(tensor);
    if (sound) return results;
    const off = Number.isFinite(difference) ? `is off by ${Math.round(difference * 100)} %` : 'gives no numbers';
    device.remark(
      `"${this.model.title}" ${off} in half precision on this graphics adapter, so it is computed in float32: ` +
        'right, but slower and with twice the memory.',
    );
    await device.release((held) => held !== network.key);
    return exact;
  }

  /** What the network that `build` describes takes on a device. */
  need(device: Device, key: string, build: (graph: Graph) => void): MemoryNeed | undefined {
    return device.need(this.#network(key, build, this.#precision(device)));
  }

  #network(key: string, build: (graph: Graph) => void, precision: Precision): Network {
    const name = `${key} ${precision}`;
    const known = this.#networks.get(name);
    if (known) return known;
    const made = defineNetwork(key, build, { ...this.options, precision });
    this.#networks.set(name, made);
    return made;
  }

  #precision(device: Device): Precision {
    if (this.options.precision !== undefined) return this.options.precision;
    this.#stored ??= storedAs(this.weights);
    if (!this.#stored.halves) return 'float32';
    if (device.float16) return this.#verdicts(device).get(this.model.key) ?? 'float16';
    return device.kind === 'wasm' && this.#stored.bytes > MOST_ON_WASM ? 'float16-weights' : 'float32';
  }

  #verdicts(device: Device): Map<string, Precision> {
    const known = verdicts.get(device);
    if (known) return known;
    const made = new Map<string, Precision>();
    verdicts.set(device, made);
    return made;
  }
}

/** The root mean square of the difference by that of `exact`, over all outputs the largest; NaN counts as infinite. */
async function largestDifference(device: Device, results: Tensors, exact: Tensors): Promise<number> {
  let largest = 0;
  for (const name in exact) {
    const numbers = await device.read(exact[name] as Tensor);
    const rounded = await device.read(results[name] as Tensor);
    let error = 0;
    let size = 0;
    for (const [i, number] of numbers.entries()) {
      error += ((rounded[i] as number) - number) ** 2;
      size += number ** 2;
    }
    const difference = Math.sqrt(error / (size || 1));
    largest = Number.isFinite(difference) ? Math.max(largest, difference) : Number.POSITIVE_INFINITY;
  }
  return largest;
}
