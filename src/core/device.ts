/**
 * What computes. A device runs networks (ONNX graphs) on tensors; its implementation in `src/engine/device` is the only
 * code that knows ONNX Runtime. Nodes see these types and nothing below them.
 */

export type ElementType = 'float32' | 'float16' | 'int64' | 'int32' | 'bool';

/** A dense, row-major tensor that a device made. It may live in host memory or on the GPU; `Device.read` brings it back. */
export interface Tensor {
  readonly type: ElementType;
  readonly dims: readonly number[];
  /** Size of the elements in bytes, wherever they live. */
  readonly bytes: number;
  readonly place: 'host' | 'gpu';
}

/** Bytes that are read piece by piece, synchronously: a file on disk, a Blob inside a worker, a buffer in memory. */
export interface ByteSource {
  readonly size: number;
  /** Bytes `begin` to `end` (exclusive). Throws when the range is outside the source. */
  read(begin: number, end: number): Uint8Array;
}

/** A virtual file that a network's initializers point into (ONNX external data). Always smaller than 4 GiB. */
export interface WeightFile extends ByteSource {
  /** The `location` that the initializers name. */
  readonly path: string;
}

/** Estimates of what a network needs, in bytes. */
export interface Footprint {
  readonly weights: number;
  /** Of those, what convolutions wider than one pixel have: some devices rearrange them and keep both. */
  readonly convolutions: number;
  /** The most that inputs, outputs and what lies between take at one time. */
  readonly activations: number;
  /** The largest tensor, and what it is for people. */
  readonly largest: { readonly bytes: number; readonly what: string };
}

/** What a device can hold, in bytes; undefined is not known. */
export interface DeviceLimits {
  /** One tensor. */
  readonly tensor?: number;
  /** Everything together. */
  readonly all?: number;
  /** Whether the weights of convolutions are held twice, as they are and rearranged. */
  readonly convolutionsTwice: boolean;
}

/** A weight of a network as one of its inputs. */
export interface WeightInput {
  readonly name: string;
  readonly type: 'float32' | 'float16';
  readonly dims: readonly number[];
  /** All elements, row-major and little-endian. */
  read(): Uint8Array;
}

/** A network that takes its weights as inputs, for runtimes that would need all of them at once otherwise. */
export interface UnboundNetwork {
  /** Writes the ONNX ModelProto, without initializers for the weights. */
  model(): Uint8Array;
  readonly weights: readonly WeightInput[];
}

/** A computation ready for a device: an ONNX graph with static shapes and where its weights are read from. */
export interface Network {
  /** Content key: equal keys mean the same graph, shapes and weights. Sessions are shared by it. */
  readonly key: string;
  /** Writes the ONNX ModelProto. Called once for each session. */
  model(): Uint8Array;
  readonly weights: readonly WeightFile[];
  /** How much the runtime changes the graph before it runs, which takes longer the larger that is; all it can where left out. */
  readonly optimization?: 'none';
  /** The same computation in that form; networks that others wrote have it in one form only. */
  readonly unbound?: UnboundNetwork;
  /** Undefined for networks that others wrote. */
  readonly footprint?: Footprint;
}

export type Tensors = Readonly<Record<string, Tensor>>;

/** Memory that a network takes on a device, in bytes, estimated before it is loaded. */
export interface MemoryNeed {
  /** As the device holds them. */
  readonly weights: number;
  /** The most that all between inputs and outputs take at one time. */
  readonly activations: number;
  /** What the device holds together, where it tells. */
  readonly limit?: number | undefined;
  /** Why that does not fit, a sentence; absent where it does as far as one can tell. */
  readonly misfit?: string | undefined;
}

/** Who is told of what a device does, where somebody wants to know. Times are of `performance.now`. */
export interface DeviceTrace {
  /** What began at `from` is over: a network by its key, or a read by its shape. `bytes` is what it takes. */
  took(kind: 'session' | 'load' | 'warm-up' | 'read', name: string, from: number, bytes?: number): void;
  made(tensor: Tensor): void;
  freed(tensor: Tensor): void;
}

export interface Device {
  readonly kind: 'webgpu' | 'wasm' | 'cpu';
  /** For people: "WebGPU · NVIDIA", "WebAssembly, 4 threads", "CPU". */
  readonly name: string;
  /** Why this device and not a faster one, where there is a reason to tell. */
  readonly reason?: string;
  /** Whether its kernels compute in half precision. */
  readonly float16: boolean;
  /** What people should know of how it computes since it was made: why a model is not computed in half precision. */
  readonly remarks: readonly string[];
  remark(sentence: string): void;
  /** Resolves with a sentence when the device stops for good, as a graphics adapter may. Then a new one must be made. */
  readonly lost?: Promise<string>;
  /** What networks are held to; undefined where nothing is known. */
  readonly limits?: DeviceLimits;
  /** Why a network does not fit, as far as one can tell before it is loaded; undefined where it does. */
  misfit(network: Network): string | undefined;
  /** What a network takes; undefined where nobody can tell before it is loaded. */
  need(network: Network): MemoryNeed | undefined;
  /** Makes the session of a network, so that the first `run` is as fast as the second. */
  load(network: Network): Promise<void>;
  /** Feeds by input name, results by output name. Inputs are not changed. */
  run(network: Network, feeds: Tensors): Promise<Record<string, Tensor>>;
  /**
   * A float32 tensor, or one of the type that a network written by others wants. `data` is not copied and must not be changed
   * afterwards.
   */
  tensor(data: Float32Array<ArrayBuffer>, dims: readonly number[], type?: Exclude<ElementType, 'bool'>): Tensor;
  /** The elements of a tensor as numbers, wherever it lives. The result may be shared: do not write into it. */
  read(tensor: Tensor): Promise<Float32Array>;
  /** Frees the memory of a tensor. Reading or feeding it afterwards throws. */
  dispose(tensor: Tensor): void;
  /** Calls back with the key of each network that is loaded or run, until the function that it returns is called. */
  watch(used: (key: string) => void): () => void;
  /** Frees the sessions of networks that `keep` refuses, or all of them. */
  release(keep?: (key: string) => boolean): Promise<void>;
  /** Time spent inside ONNX Runtime's `run` and the number of calls since the device was made: for benchmarks. */
  readonly spent: { runs: number; milliseconds: number };
  /** Tensors that are alive with their bytes, and the bytes of weights of the sessions that are. */
  readonly owned: { tensors: number; bytes: number; weights: number };
  /** Is told of all that the device does while it is set. */
  trace?: DeviceTrace | undefined;
}
