import { expose } from 'comlink';
import type { Device, Tensor } from '../src/core/device';
import { Blocks } from '../src/engine/recording/blocks';
import { openSpillFile } from '../src/engine/recording/spill-file';

/** A device whose tensors are full of their own number. */
const device = {
  read: async (tensor: Tensor & { number: number }) => new Float32Array(tensor.bytes / 4).fill(tensor.number),
} as unknown as Device;

const tensorOf = (number: number, elements: number): Tensor =>
  ({ type: 'float32', dims: [elements], bytes: 4 * elements, place: 'gpu', number }) as unknown as Tensor;

export interface SpillStory {
  /** The most that was in memory at any time, and what went to the disk. */
  readonly most: number;
  readonly disk: number;
  /** How many blocks came back as they were. */
  readonly whole: number;
  /** What is left on the disk when every second block was dropped, and as many of half the size were taken instead. */
  readonly refilled: number;
  /** The same when all were dropped. */
  readonly left: number;
}

const spills = {
  /** Takes `count` tensors, with room for some of them in memory and for the rest on the disk. */
  async story(count: number, elements: number, budget: { memory: number; disk: number }): Promise<SpillStory> {
    const blocks = new Blocks(budget, openSpillFile);
    let most = 0;
    const take = async (number: number, size: number) => {
      const block = blocks.take(device, tensorOf(number, size));
      await blocks.arrived();
      most = Math.max(most, blocks.memory);
      return block;
    };
    const taken = [];
    for (let i = 0; i < count; i++) taken.push(await take(i, elements));
    const { disk } = blocks;
    let whole = 0;
    for (const [i, block] of taken.entries()) {
      const tensor = await blocks.read(block);
      if (tensor?.data.length === elements && tensor.data.every((value) => value === i)) whole += 1;
    }
    const kept = taken.filter((_, i) => i % 2 === 0);
    for (const block of taken) if (!kept.includes(block)) blocks.drop(block);
    for (let i = 0; i < count / 2; i++) kept.push(await take(i, elements / 2));
    const refilled = blocks.disk;
    for (const block of kept) blocks.drop(block);
    return { most, disk, whole, refilled, left: blocks.disk };
  },

  /** Names of the files of recordings in the private file system, when this worker has opened one. */
  async files(): Promise<string[]> {
    await openSpillFile();
    const root = await navigator.storage.getDirectory();
    const names: string[] = [];
    for await (const name of (await root.getDirectoryHandle('recordings')).keys()) names.push(name);
    return names;
  },
};

export type Spills = typeof spills;

expose(spills);
