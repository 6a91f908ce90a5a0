import type { Axis } from '../core/define-node';
import type { Device } from '../core/device';
import type { Values } from './run-node';

/** A zone as it was after some of its evaluations. Nobody holds its tensors yet. */
export interface ResumePoint {
  /** Key of the values that it came from. */
  readonly key: string;
  /** How many evaluations the zone had. */
  readonly count: number;
  /** What reached the zone's end, for each evaluation before the one to go on with. */
  readonly evaluations: readonly Values[];
  /** The states of its nodes then, by id. */
  readonly states: ReadonlyMap<string, unknown>;
}

/** Where zones are kept as they were, by the node that ends them and an item of a grid. */
export interface ResumeSource {
  keyBefore(zone: string, grid: readonly Axis[], item: number): string | undefined;
  pointBefore(
    zone: string,
    grid: readonly Axis[],
    item: number,
    evaluation: number,
    device: Device,
  ): Promise<ResumePoint | undefined>;
}

/** A wish to take up one zone again, from an evaluation that was made in an earlier run. */
export interface Resume {
  /** The node that ends the zone. */
  readonly zone: string;
  /** The first evaluation that is made anew. */
  readonly evaluation: number;
  readonly source: ResumeSource;
}
