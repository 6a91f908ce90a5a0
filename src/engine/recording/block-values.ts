import type { Device, Tensor } from '../../core/device';
import { isTensor } from '../tensor-use';
import { Block, type Blocks } from './blocks';
import type { PlainTensor, PlainValue } from './plain';
import { replaced } from './replace';
import { blocksIn } from './take';

/** A value with a block for each of its tensors; one tensor is one block. */
export function inBlocks(blocks: Blocks, device: Device, value: unknown): unknown {
  const own = new Map<Tensor, Block>();
  return replaced(value, (object) => {
    if (!isTensor(object)) return undefined;
    const block = own.get(object) ?? blocks.take(device, object);
    own.set(object, block);
    return block;
  });
}

/** A value with its blocks replaced by what `by` makes of their numbers; undefined where some of them are gone. */
export async function outOfBlocks(
  blocks: Blocks,
  value: unknown,
  by: (tensor: PlainTensor) => unknown,
): Promise<unknown> {
  const made = new Map<Block, unknown>();
  for (const block of blocksIn(value)) {
    const tensor = await blocks.read(block);
    if (!tensor) return undefined;
    made.set(block, by(tensor));
  }
  return replaced(value, (object) => (object instanceof Block ? made.get(object) : undefined));
}

/** All numbers of a value; undefined where some of them are gone. */
export const readPlain = async (blocks: Blocks, plain: PlainValue<Block>): Promise<PlainValue | undefined> =>
  (await outOfBlocks(blocks, plain, (tensor) => tensor)) as PlainValue | undefined;
