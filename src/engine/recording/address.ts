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
  /** Which evaluation of the zone it is of; the last one where left out. What is made once is the same at every evaluation. */
  readonly evaluation?: number;
}

/** A value to be shown as a small picture; with `minus` what it has beyond another output of the same step. */
export interface PictureAddress extends ValueAddress {
  readonly minus?: { readonly node: string; readonly port: string };
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
  /** The wires inside of it, by where they go. */
  readonly inputs: readonly {
    readonly node: string;
    readonly port: string;
    readonly from: readonly [node: string, port: string];
  }[];
  /** The zone runs once per item of these. */
  readonly axes: readonly Axis[];
  /** How many evaluations the loop has; fewer are recorded where the run was stopped. */
  readonly count: number;
  /** Where its schedule comes from. */
  readonly schedule: readonly [node: string, port: string] | undefined;
  /** Of the evaluations of the first item: what the model was told, and the noise level. */
  readonly steps: readonly { readonly timestep: number; readonly sigma: number }[];
  /** The output whose pictures tell best how far the picture is. */
  readonly pictured: readonly [node: string, port: string] | undefined;
  /** Evaluations of the first item at which the zone can be taken up again: all that it needs of those before is held. */
  readonly resumable: readonly number[];
}

/** What is known of the last run of a graph. */
export interface RecordingIndex {
  readonly ports: readonly RecordedPort[];
  readonly zones: readonly RecordedZone[];
  readonly bytes: {
    /** What the values of this graph take; those that are the same tensor count once. */
    readonly here: number;
    /** What those of all graphs take, in memory and on the disk of the browser. */
    readonly memory: number;
    readonly disk: number;
    /** What both together may take. */
    readonly budget: number;
  };
  readonly kept: {
    /** Evaluations of zones are held whole every so often: 1 for all, 0 for none. */
    readonly every: number;
    /** Whether that is less than was asked for, because the budget was full. */
    readonly thinned: boolean;
    /** How many values are held whole, how many as a small picture, and how many not at all. */
    readonly whole: number;
    readonly previews: number;
    readonly nothing: number;
  };
}

/** How much of the evaluations of zones is recorded, and what it may take. */
export interface RecordingSettings {
  /** Every so many evaluations whole, and of the others small pictures; 0 for small pictures alone. */
  readonly every: number;
  /** Bytes in memory; what is more goes to the disk of the browser. */
  readonly memory: number;
  /** Bytes on the disk. */
  readonly disk: number;
}

export const defaultSettings: RecordingSettings = { every: 1, memory: 256 * 2 ** 20, disk: 2 ** 30 };
