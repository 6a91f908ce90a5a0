import type { Device, Tensor } from '../../core/device';
import type { PlainTensor } from './plain';

/** Where blocks go that memory has no room for. All of it is synchronous: it is called from a worker. */
export interface Spill {
  /** Bytes that are in use. */
  readonly bytes: number;
  /** Where it was written, or undefined where there is no room. */
  write(data: Float32Array, most: number): number | undefined;
  read(place: number, elements: number): Float32Array;
  free(place: number, elements: number): void;
}

/** The elements of one tensor, kept beyond the tensor. Several values may share it. */
export class Block {
  readonly dims: readonly number[];
  readonly elements: number;
  holders = 0;
  data: Float32Array | undefined;
  /** Where it is on the disk. */
  place: number | undefined;
  /** Until the device has handed the elements back. */
  reading: Promise<void> | undefined;

  constructor(dims: readonly number[]) {
    this.dims = dims;
    this.elements = dims.reduce((product, dim) => product * dim, 1);
  }

  get bytes(): number {
    return 4 * this.elements;
  }
}

/** What is on its way from the device may be this much before whoever records more has to wait. */
const mostComing = 64 * 2 ** 20;

/**
 * Keeps the elements of tensors. Those in host memory are not copied: nobody writes into a tensor once it is made. Those of a
 * graphics adapter come back while it computes on. What memory has no room for goes to the disk, the oldest first.
 */
export class Blocks {
  readonly #known = new WeakMap<Tensor, Block>();
  /** Blocks in memory, the oldest first. */
  readonly #inMemory = new Set<Block>();
  readonly #openSpill: (() => Promise<Spill | undefined>) | undefined;
  readonly #coming = new Set<Block>();
  #spill: Spill | undefined;
  #opening: Promise<void> | undefined;
  #memory = 0;
  #comingBytes = 0;
  budget: { readonly memory: number; readonly disk: number };

  constructor(
    budget: { readonly memory: number; readonly disk: number },
    openSpill?: () => Promise<Spill | undefined>,
  ) {
    this.budget = budget;
    this.#openSpill = openSpill;
  }

  get memory(): number {
    return this.#memory;
  }

  get disk(): number {
    return this.#spill?.bytes ?? 0;
  }

  /** Whether there is more in memory than there may be, and no room on the disk for it. */
  get full(): boolean {
    return this.#memory > this.budget.memory;
  }

  /** The block of a tensor, held once more. The tensor may be freed as soon as this returns. */
  take(device: Device, tensor: Tensor): Block {
    const known = this.#known.get(tensor);
    const block = known && known.holders > 0 ? known : this.#read(device, tensor);
    block.holders += 1;
    return block;
  }

  /** Undefined, or a promise that is kept when there is room for more. */
  room(): Promise<void> | undefined {
    if (this.#comingBytes > mostComing)
      return Promise.all([...this.#coming].map(({ reading }) => reading)).then(() => {});
    return this.#memory > this.budget.memory ? this.#opening : undefined;
  }

  /** All that is on its way has come. */
  async arrived(): Promise<void> {
    await Promise.all([...this.#coming].map(({ reading }) => reading));
    await this.#opening;
  }

  #read(device: Device, tensor: Tensor): Block {
    const block = new Block(tensor.dims);
    this.#known.set(tensor, block);
    this.#coming.add(block);
    this.#comingBytes += block.bytes;
    const arrives = (data?: Float32Array) => {
      this.#coming.delete(block);
      this.#comingBytes -= block.bytes;
      block.reading = undefined;
      // A device that was lost hands nothing back: the value is gone, and the run says why.
      if (!data || block.holders === 0) return;
      // A part of something larger would keep all of it.
      block.data = data.buffer.byteLength > 2 * data.byteLength ? data.slice() : data;
      this.#memory += block.bytes;
      this.#inMemory.add(block);
      if (this.#memory > this.budget.memory) this.makeRoom();
    };
    block.reading = device.read(tensor).then(arrives, () => arrives());
    return block;
  }

  /** Writes the oldest blocks to the disk until memory is nine tenths full, as far as there is room. */
  makeRoom(): void {
    if (!this.#spill) {
      if (this.budget.disk > 0 && this.#openSpill) this.#opening ??= this.#open(this.#openSpill);
      return;
    }
    for (const block of this.#inMemory) {
      if (this.#memory <= 0.9 * this.budget.memory) return;
      const place = this.#spill.write(block.data as Float32Array, this.budget.disk);
      if (place === undefined) return;
      this.#forget(block);
      block.place = place;
    }
  }

  async #open(open: () => Promise<Spill | undefined>): Promise<void> {
    this.#spill = await open().catch(() => undefined);
    // Where there is no disk, this is tried once and memory is all there is.
    if (this.#spill) this.#opening = undefined;
    else this.#opening = Promise.resolve();
    if (this.#spill) this.makeRoom();
  }

  #forget(block: Block): void {
    this.#inMemory.delete(block);
    this.#memory -= block.bytes;
    block.data = undefined;
  }

  async read(block: Block): Promise<PlainTensor | undefined> {
    await block.reading;
    const { dims, data, place, elements } = block;
    if (data) return { dims, data };
    return place === undefined || !this.#spill ? undefined : { dims, data: this.#spill.read(place, elements) };
  }

  hold(block: Block): void {
    block.holders += 1;
  }

  drop(block: Block): void {
    block.holders -= 1;
    if (block.holders > 0) return;
    if (block.data) this.#forget(block);
    if (block.place !== undefined) this.#spill?.free(block.place, block.elements);
    block.place = undefined;
  }
}
