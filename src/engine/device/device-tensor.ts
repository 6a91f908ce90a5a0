import type { Tensor as OrtTensor } from 'onnxruntime-web';
import type { ElementType, Tensor } from '../../core/device';

const ITEM_SIZES: Record<ElementType, number> = { float32: 4, float16: 2, int64: 8, int32: 4, bool: 1 };

export function bytesOf(type: ElementType, dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, ITEM_SIZES[type]);
}

/** A tensor of ours: host data, ONNX Runtime's tensor, or both, until it is disposed and the last run that reads it ended. */
export class DeviceTensor implements Tensor {
  readonly type: ElementType;
  readonly dims: readonly number[];
  readonly bytes: number;
  #host: Float32Array<ArrayBuffer> | undefined;
  #ort: OrtTensor | undefined;
  #runs = 0;
  #disposed = false;

  constructor(source: { readonly host: Float32Array<ArrayBuffer>; readonly dims: readonly number[] } | OrtTensor) {
    if ('host' in source) this.#host = source.host;
    else this.#ort = source;
    this.type = 'host' in source ? 'float32' : (source.type as ElementType);
    this.dims = source.dims;
    this.bytes = bytesOf(this.type, this.dims);
  }

  get place(): 'host' | 'gpu' {
    return this.#ort?.location === 'gpu-buffer' ? 'gpu' : 'host';
  }

  /** Throws a sentence when the tensor is gone. `use` completes "It cannot be ...". */
  requireAlive(use: string): void {
    if (this.#disposed) throw new Error(`A tensor [${this.dims}] was disposed. It cannot be ${use} any more.`);
  }

  /** For the time of a run: the tensor to feed, which is not freed before `endRun`. */
  beginRun(upload: (data: Float32Array<ArrayBuffer>, dims: readonly number[]) => OrtTensor): OrtTensor {
    this.#ort ??= upload(this.#host as Float32Array<ArrayBuffer>, this.dims);
    this.#runs++;
    return this.#ort;
  }

  endRun(): void {
    this.#runs--;
    if (this.#disposed) this.#freeUnused();
  }

  /** The elements where they are float32 in host memory, or ONNX Runtime's tensor to get them from. */
  contents(): Float32Array | OrtTensor {
    return this.#host ?? (this.#ort as OrtTensor);
  }

  /** Whether it was there until now. */
  dispose(): boolean {
    if (this.#disposed) return false;
    this.#disposed = true;
    this.#host = undefined;
    this.#freeUnused();
    return true;
  }

  #freeUnused(): void {
    if (this.#runs > 0) return;
    this.#ort?.dispose();
    this.#ort = undefined;
  }
}
