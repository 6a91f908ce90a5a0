import type { Axis, Playback } from '../core/define-node';
import type { LessonNeeds, LessonNews } from '../core/lesson';
import type { Problem } from '../core/problem';
import type { TokenStrip } from '../core/values';
import type { Profile } from './profile/profile';

/** What a run tells while it goes on. Nodes are named by their id in the document. */
export type RunEvent =
  /** `loops` are those of the nodes that lie in a zone and run once per evaluation. */
  | { readonly type: 'planned'; readonly nodes: readonly string[]; readonly loops: readonly string[] }
  | { readonly type: 'started'; readonly node: string }
  /**
   * A node of a zone finished one of its evaluations, or a node that runs once per item one of its items. `milliseconds` is
   * the node's own time so far.
   */
  | {
      readonly type: 'progress';
      readonly node: string;
      readonly done: number;
      readonly of: number;
      /** How many of `done` an earlier run made; `milliseconds` are of the others. */
      readonly earlier?: number;
      readonly milliseconds: number;
      /** What a further step takes, where the node is one that works in many and it can be told. */
      readonly each?: number | undefined;
    }
  /** A node that learns: what it needs, losses of steps after the first `at`, what it draws after a step, that it cannot keep how far it is. */
  | {
      readonly type: 'lesson';
      readonly node: string;
      readonly needs?: LessonNeeds;
      readonly losses?: LessonNews['losses'];
      readonly sample?: { readonly step: number; readonly picture: Picture };
      readonly unkept?: true;
    }
  /**
   * `milliseconds` is the node's own time, summed over its runs. `cached` when nothing had to be computed, which is told
   * before anything that follows runs; else `outputs` says what came out last, in a few words by port.
   */
  | {
      readonly type: 'done';
      readonly node: string;
      readonly milliseconds: number;
      readonly runs: number;
      readonly cached: boolean;
      readonly outputs?: Readonly<Record<string, Summary>>;
    }
  | { readonly type: 'failed'; readonly node: string; readonly problem: Problem }
  /** Not run because something that it depends on failed. */
  | { readonly type: 'skipped'; readonly node: string; readonly because: string }
  /** A node that shows pictures has them all: one per item, row-major over `axes`. `plays`: they are an animation. */
  | {
      readonly type: 'shown';
      readonly node: string;
      readonly axes: readonly Axis[];
      readonly pictures: readonly Picture[];
      readonly plays?: Playback;
    }
  /** Of several pictures that a node shows some are there: those from `at` on, among all of `axes`. `shown` follows with all. */
  | {
      readonly type: 'cell';
      readonly node: string;
      readonly axes: readonly Axis[];
      readonly at: number;
      readonly pictures: readonly Picture[];
    }
  /** What zones have come to, as small pictures: `evaluation` of so many, of an item of what the zone with this end runs for. */
  | {
      readonly type: 'pictured';
      readonly pictures: readonly {
        readonly zone: string;
        readonly item: number;
        readonly evaluation: number;
        readonly of: number;
        readonly picture: Picture;
      }[];
    }
  /** The run stands still, which is at the end of the evaluation that went on when it was told to pause; or goes on. */
  | { readonly type: 'paused' | 'resumed' }
  /** What people should know of how the device computes: why a model is not computed in half precision. */
  | { readonly type: 'remark'; readonly sentence: string }
  /** How the run spent its time and memory, where that was asked for; before `finished`. */
  | { readonly type: 'profiled'; readonly profile: Profile }
  | { readonly type: 'finished'; readonly outcome: Outcome; readonly milliseconds: number };

/** A value for people: in a few words, for conditioning how the prompt was read, and what there is to know about it. */
export interface Summary {
  readonly text: string;
  readonly strips?: readonly TokenStrip[];
  readonly notes?: readonly string[];
}

export type Outcome = 'done' | 'failed' | 'cancelled';

/** Pixels for the screen: RGBA, 8 bits each, row-major. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}
