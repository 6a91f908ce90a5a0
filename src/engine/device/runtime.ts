import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-web';
import type { Device, ElementType, WeightFile } from '../../core/device';
import type { Turns } from './turns';

/** What differs between ONNX Runtime in Node, as WebAssembly and on WebGPU. `OnnxDevice` is the rest. */
export interface Runtime {
  readonly kind: Device['kind'];
  readonly name: string;
  readonly reason?: string;
  readonly turns: Turns;
  /** Bytes of weights that sessions may hold together before the one that was not used for longest is released. */
  readonly capacity: number;
  createSession(model: Uint8Array, weights: readonly WeightFile[]): Promise<InferenceSession>;
  /** A tensor that sessions of this runtime take as input, in as many runs as wanted, without another copy. */
  upload(data: Float32Array<ArrayBuffer>, dims: readonly number[]): OrtTensor;
  /**
   * A tensor for a session to write its output into. Without it ONNX Runtime makes the outputs. On WebGPU those would not
   * outlive its pools, which go with the last session: disposing of one then is an access out of bounds.
   */
  allocate?(type: ElementType, dims: readonly number[]): OrtTensor;
  /** The elements of a tensor on the GPU. */
  download(tensor: OrtTensor): Promise<Float32Array>;
  /** Whether the first run of a session is much slower than the second, as where shaders are compiled in it. */
  readonly slowFirstRun: boolean;
  /** Called before each run; resolves when the next may start. Where runs only queue work, this keeps the queue short. */
  pace?(): Promise<unknown>;
  readonly lost?: Promise<string>;
}
