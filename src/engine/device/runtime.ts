import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-web';
import type { Device, ElementType, Network } from '../../core/device';
import type { elementsOf, OtherType } from './element-types';
import type { Limits } from './fit';
import type { Turns } from './turns';

/** An input or output of a session. */
export interface StaticTensor {
  readonly name: string;
  readonly type: ElementType;
  readonly dims: readonly number[];
}

/** What differs between ONNX Runtime in Node, as WebAssembly and on WebGPU. `OnnxDevice` is the rest. */
export interface Runtime {
  readonly kind: Device['kind'];
  readonly name: string;
  readonly reason?: string;
  readonly float16: boolean;
  readonly turns: Turns;
  /** What a network is held to before it is loaded. */
  readonly limits: Limits;
  /** Bytes of weights that sessions may hold together before the one that was not used for longest is released. */
  readonly capacity: number;
  createSession(network: Network): Promise<InferenceSession>;
  /** A tensor that sessions of this runtime take as input, in as many runs as wanted, without another copy. */
  upload(data: Float32Array<ArrayBuffer>, dims: readonly number[]): OrtTensor;
  /** The same in host memory, of another type. */
  hold(type: OtherType, data: ReturnType<typeof elementsOf>, dims: readonly number[]): OrtTensor;
  /** The elements of a tensor on the GPU. */
  download(tensor: OrtTensor): Promise<Float32Array>;
  /** Whether the first run of a session is much slower than the second, as where shaders are compiled in it. */
  readonly slowFirstRun: boolean;
  /**
   * Runs a session; where that only queues work, keeps the queue short. Without `outputs`, which are unknown where a network
   * decides the shapes of its outputs by those of its inputs, results are in host memory.
   */
  run(
    session: InferenceSession,
    feeds: Record<string, OrtTensor>,
    outputs: readonly StaticTensor[] | undefined,
  ): Promise<InferenceSession.ReturnType>;
  readonly lost?: Promise<string>;
}
