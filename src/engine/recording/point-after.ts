import type { Device } from '../../core/device';
import type { ResumePoint } from '../resume';
import type { Values } from '../run-node';
import { outOfBlocks } from './block-values';
import type { Blocks } from './blocks';
import type { Take } from './take';

/** What a zone needs to go on after an evaluation, on the device; undefined where that is no longer held. */
export async function pointAfter(
  blocks: Blocks,
  { count, passed }: Take,
  evaluation: number,
  device: Device,
): Promise<Omit<ResumePoint, 'key'> | undefined> {
  const states = passed[evaluation - 1]?.states;
  if (!states) return undefined;
  const evaluations = passed.slice(0, evaluation).map(({ reached }) => reached);
  const point = (await outOfBlocks(blocks, { evaluations, states }, ({ dims, data }) =>
    device.tensor(data as Float32Array<ArrayBuffer>, dims),
  )) as { evaluations: readonly Values[]; states: readonly (readonly [string, unknown])[] } | undefined;
  return point && { count, evaluations: point.evaluations, states: new Map(point.states) };
}
