import type { Device, Tensor } from '../../core/device';
import type { PlainTensor } from './plain';

/** The elements of one tensor, kept beyond the tensor. Several values may share it. */
export class Block {
  readonly dims: readonly number[];
  readonly bytes: number;
  holders = 0;
  data: Float32Array | undefined;
  /** Until the device has handed the elements back. */
  reading: Promise<void> | undefined;

  constructor(dims: readonly number[]) {
    this.dims = dims;
    this.bytes = 4 * dims.reduce((product, dim) => product * dim, 1);
  }
}

/**
 * Keeps the elements of tensors. Those in host memory are not copied: nobody writes into a tensor once it is made. Those of a
 * graphics adapter come back while it computes on.
 */
export class Blocks {
  #known = new WeakMap<Tensor, Block>();
  #memory = 0;
  #coming = 0;

  get memory(): number {
    return this.#memory;
  }

  /** Bytes that are on their way from the device. */
  get coming(): number {
    return this.#coming;
  }

  /** The block of a tensor, held once more. The tensor may be freed as soon as this returns. */
  take(device: Device, tensor: Tensor): Block {
    const known = this.#known.get(tensor);
    const block = known && known.holders > 0 ? known : this.#read(device, tensor);
    block.holders += 1;
    return block;
  }

  #read(device: Device, tensor: Tensor): Block {
    const block = new Block(tensor.dims);
    this.#known.set(tensor, block);
    this.#coming += block.bytes;
    block.reading = device
      .read(tensor)
      .then(
        (data) => {
          if (block.holders === 0) return;
          // A part of something larger would keep all of it.
          block.data = data.buffer.byteLength > 2 * data.byteLength ? data.slice() : data;
          this.#memory += block.bytes;
        },
        // A device that was lost: the value is gone, and the run says so itself.
        () => {},
      )
      .finally(() => {
        this.#coming -= block.bytes;
        block.reading = undefined;
      });
    return block;
  }

  async read(block: Block): Promise<PlainTensor | undefined> {
    await block.reading;
    return block.data && { dims: block.dims, data: block.data };
  }

  hold(block: Block): void {
    block.holders += 1;
  }

  drop(block: Block): void {
    block.holders -= 1;
    if (block.holders > 0 || !block.data) return;
    block.data = undefined;
    this.#memory -= block.bytes;
  }
}
