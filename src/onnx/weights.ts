import { toFloat16 } from './float16';
import type { Graph, Value } from './graph';
import { cast } from './ops/cast';
import type { ConvolutionAttributes } from './ops/convolution';
import { describe, elements } from './shapes';

/**
 * The tensors of a model by name, whatever file or files they come from. Key maps, LoRA and the like are `Weights` around
 * other `Weights`. Reads are synchronous because ONNX Runtime asks for external data synchronously.
 */
export interface Weights {
  readonly names: Iterable<string>;
  /** Undefined when there is no such tensor. */
  shape(name: string): readonly number[] | undefined;
  /** As the file spells it: `F32`, `F16`, `BF16`. */
  dtype(name: string): string | undefined;
  /** All elements as float32, row-major. */
  read(name: string): Float32Array;
  /** All elements as the file has them. Weights that are changed on the way have no such bytes: leave it out. */
  readBytes?(name: string): Uint8Array;
  /** Elements of rows `begin` to `end` (exclusive) of the first axis. */
  readRows(name: string, begin: number, end: number): Float32Array;
}

function readHalves(weights: Weights, name: string): Uint16Array {
  const bytes = weights.dtype(name) === 'F16' ? weights.readBytes?.(name) : undefined;
  if (!bytes) return toFloat16(weights.read(name));
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : bytes.slice();
  return new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 2);
}

/** What runs beside a layer: from the layer's input to what is added to its output. */
export interface Branch {
  /** `[n, in]` to `[n, out]`. */
  linear(rows: Value): Value;
  /** `[n, in, h, w]` to what a convolution of this kernel, stride and padding makes of it. */
  convolution(x: Value, shape: ConvolutionAttributes & { readonly kernel: number }): Value;
}

/** What a network's layers compute on top of their own weights: LoRA. Layers are named as in the weights. */
export interface Additions {
  branches(layer: string): readonly Branch[];
  /** A parameter of a layer, `weight` or `bias`, with what is added to it. */
  changed(layer: string, name: string, value: Value): Value;
}

const withoutOnes = (dims: readonly number[]) => dims.filter((dim) => dim !== 1).join();

/** A place in the tree of a model's weights: `down_blocks.0.resnets.1`, from which blocks take their parameters by name. */
export class Parameters {
  constructor(
    readonly graph: Graph,
    readonly weights: Weights,
    readonly prefix: string = '',
    readonly additions?: Additions,
  ) {}

  at(name: string | number): Parameters {
    return new Parameters(this.graph, this.weights, this.#full(String(name)), this.additions);
  }

  /** What runs beside the layer that has these parameters. */
  get branches(): readonly Branch[] {
    return this.additions?.branches(this.prefix) ?? [];
  }

  has(name: string): boolean {
    return this.weights.shape(this.#full(name)) !== undefined;
  }

  /** The length of a tensor's first axis. */
  rows(name: string): number {
    return this.#shape(name)[0] ?? 1;
  }

  /**
   * A parameter in the shape the network uses. Dimensions of 1 may be more or fewer than in the file: a 1x1 convolution
   * serves as a linear layer, and a vector as `[c, 1, 1]`.
   */
  take(name: string, dims: readonly number[]): Value {
    const own = this.#own(name, dims);
    return this.additions?.changed(this.prefix, name, own) ?? own;
  }

  #own(name: string, dims: readonly number[]): Value {
    const stored = this.#shape(name);
    const full = this.#full(name);
    if (withoutOnes(stored) !== withoutOnes(dims) || elements(stored) !== elements(dims)) {
      throw new Error(
        `The weight "${full}" has the shape ${describe(stored)}, but the model's config asks for ${describe(dims)}. ` +
          'The config and the weights belong to different models.',
      );
    }
    const { precision } = this.graph.options;
    const asHalves = precision === 'float16' || (precision === 'float16-weights' && this.weights.dtype(full) === 'F16');
    if (!asHalves) return this.graph.parameter(full, dims, () => this.weights.read(full));
    const halves = this.graph.parameter(full, dims, () => readHalves(this.weights, full), 'float16');
    return cast(halves, this.graph.type);
  }

  #full(name: string): string {
    return this.prefix ? `${this.prefix}.${name}` : name;
  }

  #shape(name: string): readonly number[] {
    const full = this.#full(name);
    const shape = this.weights.shape(full);
    if (!shape) throw new Error(`The weights have no tensor called "${full}", which the model's config asks for.`);
    return shape;
  }
}
