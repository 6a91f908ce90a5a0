import type { Axis } from '../../core/define-node';
import type { Kind } from '../../core/kinds';

/** Where a recorded value was: which output of which node, and which of the many that came out of it. */
export interface ValueAddress {
  /** As the engine calls it: `instance/node` within subgraphs. */
  readonly node: string;
  /** The output that it came out of. */
  readonly port: string;
  /** Row-major index over the axes of the port (`RecordedPort.axes`); 0 where it has none. */
  readonly item: number;
  /** Which evaluation of the zone it is of; the last one where left out. Outside of zones there is one, 0. */
  readonly evaluation?: number;
}

/** What is held of a value: nothing, a small picture of it, or all of it. */
export const held = { nothing: 0, preview: 1, whole: 2 } as const;

/** What was recorded of one output. */
export interface RecordedPort {
  readonly node: string;
  readonly port: string;
  readonly kind: Kind;
  /** Along which it has several items. */
  readonly axes: readonly Axis[];
  /** The most evaluations that an item has; 1 outside of zones. */
  readonly evaluations: number;
  /** One of `held` for each evaluation of each item: `held[item * evaluations + evaluation]`. */
  readonly held: Uint8Array;
}

/** A denoise zone that ran. */
export interface RecordedZone {
  readonly start: string;
  readonly end: string;
  /** All nodes of it, start and end too, in the order in which they run. */
  readonly members: readonly string[];
  /** The zone runs once per item of these. */
  readonly axes: readonly Axis[];
  /** How many evaluations the loop has; fewer are recorded where the run was stopped. */
  readonly count: number;
  /** The output whose pictures tell best how far the picture is. */
  readonly pictured: readonly [node: string, port: string] | undefined;
  /** Evaluations of the first item from which the zone can be run on: what it needs of all before is held. */
  readonly resumable: readonly number[];
}

/** What is known of the last run of a graph. */
export interface RecordingIndex {
  readonly ports: readonly RecordedPort[];
  readonly zones: readonly RecordedZone[];
  readonly bytes: {
    /** In memory, and on the disk of the browser. */
    readonly memory: number;
    readonly disk: number;
    /** What both together may be. */
    readonly budget: number;
  };
  /** What was kept and what was left out, in sentences. */
  readonly sentences: readonly string[];
}
