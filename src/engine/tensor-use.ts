import type { Device, Tensor } from '../core/device';

export const isTensor = (value: object): value is Tensor => 'place' in value && 'dims' in value && 'bytes' in value;

/** The tensors inside a value of any kind. Model handles hold none of their own. */
export function tensorsIn(value: unknown, found: Set<Tensor> = new Set()): Set<Tensor> {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return found;
  if (isTensor(value)) return found.add(value);
  if (Array.isArray(value)) for (const item of value) tensorsIn(item, found);
  else if (Object.getPrototypeOf(value) === Object.prototype)
    for (const item of Object.values(value)) tensorsIn(item, found);
  return found;
}

/** Counts who still needs a tensor, and frees it with its last holder. */
export class TensorUse {
  readonly #holders = new Map<Tensor, number>();
  readonly #device: Device;

  constructor(device: Device) {
    this.#device = device;
  }

  hold<T>(value: T): T {
    for (const tensor of tensorsIn(value)) this.#holders.set(tensor, (this.#holders.get(tensor) ?? 0) + 1);
    return value;
  }

  drop(value: unknown): void {
    for (const tensor of tensorsIn(value)) {
      const left = (this.#holders.get(tensor) ?? 0) - 1;
      if (left > 0) this.#holders.set(tensor, left);
      else if (this.#holders.delete(tensor)) this.#device.dispose(tensor);
    }
  }

  /** Tensors that somebody holds. */
  get size(): number {
    return this.#holders.size;
  }
}
