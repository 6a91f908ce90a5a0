import type { PlannedNode } from '../plan';
import type { Prospect } from '../prospect';
import type { ResumePoint } from '../resume';
import type { Values } from '../run-node';

/** Is told by a run what happens. Values are alive while they are told, and for as long as a promise that comes back is kept. */
export interface RunRecorder {
  /** A unit will be run or is in the cache: as often as it has keys, and its values have these keys. */
  foreseen(prospect: Prospect): void;
  /** An item of a unit begins to run, or a zone is taken up again. */
  begins(prospect: Prospect, item: number, from?: ResumePoint): void;
  /** How many evaluations the zone has for this item. */
  counted(prospect: Prospect, item: number, count: number): void;
  /** A node made `outputs` of what `arrived`. */
  made(
    prospect: Prospect,
    item: number,
    node: PlannedNode,
    outputs: Values,
    arrived: Values,
  ): Promise<void> | undefined;
  /** An evaluation of a zone is over: what reached its end, and the states of its nodes by id. */
  passed(prospect: Prospect, item: number, reached: Values, states: ReadonlyMap<string, unknown>): void;
  /** The run is over, however it ended. */
  finished(): Promise<void>;
}
