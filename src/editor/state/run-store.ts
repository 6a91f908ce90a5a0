import { createStore } from 'zustand/vanilla';
import type { Axis, Playback } from '../../core/define-node';
import type { Document } from '../../core/document';
import { itemCount } from '../../core/many';
import type { Problem } from '../../core/problem';
import type { Outcome, Picture, RunEvent, Summary } from '../../engine/events';
import { staleNodes } from '../document/stale';
import type { Path } from '../document/subgraph-inside';
import { type Lesson, withNews } from './lesson';
import { advanced } from './run-progress';

/** What the last run, or the one that goes on, did at a node. */
export type NodeRun =
  | { readonly state: 'waiting' }
  | {
      readonly state: 'running';
      /** When it began; milliseconds as of `performance.now`. */
      readonly since: number;
      readonly done?: number;
      readonly of?: number;
      /** How many of `done` were made in an earlier run. */
      readonly earlier?: number;
      /** Its own time so far. */
      readonly milliseconds?: number;
      /** What a further step takes, as it says itself. */
      readonly each?: number | undefined;
    }
  | { readonly state: 'done'; readonly milliseconds: number; readonly runs: number; readonly cached: boolean }
  | { readonly state: 'failed'; readonly problem: Problem; readonly milliseconds: number }
  | { readonly state: 'skipped'; readonly because: string };

/** The pictures that a node shows, one per item, row-major over `axes`. */
export interface Shown {
  /** The graph that they came from. */
  readonly from: Document | undefined;
  readonly axes: readonly Axis[];
  readonly pictures: readonly Picture[];
  /** They are the pictures of an animation. */
  readonly plays?: Playback;
}

/** The pictures of a node that are there while others are still to be made, row-major over `axes`. */
export interface Cells {
  readonly from: Document | undefined;
  readonly axes: readonly Axis[];
  readonly pictures: readonly (Picture | undefined)[];
}

/** How far a zone is in its evaluations. */
export interface Steps {
  readonly done: number;
  readonly of: number;
  /** When the first of them finished, so that the time left can be told; milliseconds as of `performance.now`. */
  readonly since: number;
}

export interface RunState {
  /** Pausing and stopping take effect at the end of the evaluation that goes on. */
  readonly phase: 'idle' | 'running' | 'pausing' | 'paused' | 'stopping';
  /** By id; nodes inside of subgraphs are called `instance/node`, as the engine calls them. */
  readonly nodes: Readonly<Record<string, NodeRun>>;
  readonly shown: Readonly<Record<string, Shown>>;
  /** What will be shown, as far as it is there; what a run that was stopped left stays until the next. */
  readonly cells: Readonly<Record<string, Cells>>;
  /** What nodes that learn told of their last lesson. */
  readonly lessons: Readonly<Record<string, Lesson>>;
  /** What came out of each node's ports when it was last computed. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, Summary>>>>;
  /** Nodes that take part, in the order of the plan. */
  readonly planned: readonly string[];
  /** Those of them that run once per evaluation of a zone. */
  readonly loops: ReadonlySet<string>;
  readonly steps: Steps | undefined;
  /** How far the run is, from 0 to 1. It never falls. */
  readonly share: number;
  /** Milliseconds until its end, where they can be told. */
  readonly left: number | undefined;
  /** Milliseconds of work that are thought to be left, and when that was worked out. */
  readonly work: number;
  readonly lookedAt: number;
  /** Milliseconds that nodes took when they last ran. */
  readonly times: Readonly<Record<string, number>>;
  /** The graph that was run. */
  readonly ran: Document | undefined;
  /** Nodes that were changed, or depend on one that was, since the run: of those that are shown. */
  readonly stale: ReadonlySet<string>;
  /** Later by the time for which it was paused. */
  readonly startedAt: number;
  readonly pausedAt: number;
  readonly outcome: { readonly outcome: Outcome; readonly milliseconds: number } | undefined;
}

/** Nothing was run. */
export const idleRun: RunState = {
  phase: 'idle',
  nodes: {},
  shown: {},
  cells: {},
  lessons: {},
  outputs: {},
  planned: [],
  loops: new Set(),
  steps: undefined,
  share: 0,
  left: undefined,
  work: 0,
  lookedAt: 0,
  times: {},
  ran: undefined,
  stale: new Set(),
  startedAt: 0,
  pausedAt: 0,
  outcome: undefined,
};

export const runStore = createStore<RunState>(() => idleRun);

/** The state when a run of `document` begins: results of the run before stay until something replaces them. */
export const begun = (state: RunState, document: Document, now: number): RunState => ({
  ...state,
  phase: 'running',
  planned: [],
  loops: new Set(),
  steps: undefined,
  share: 0,
  left: undefined,
  work: 0,
  lookedAt: 0,
  ran: document,
  stale: new Set(),
  startedAt: now,
  outcome: undefined,
});

const stepsAfter = (steps: Steps | undefined, done: number, of: number, now: number): Steps => {
  // A zone follows one that is through, or has a smaller one inside.
  if (!steps || of > steps.of || (of !== steps.of && steps.done === steps.of)) return { done, of, since: now };
  return of === steps.of && done > steps.done ? { ...steps, done } : steps;
};

/** The cells of a node with those of an event. Those of another graph are left behind. */
export function withCell(
  before: Cells | undefined,
  { axes, at, pictures: made }: Extract<RunEvent, { type: 'cell' }>,
  ran: Document | undefined,
): Cells {
  const pictures: (Picture | undefined)[] =
    before && before.from === ran ? [...before.pictures] : new Array(itemCount(axes)).fill(undefined);
  for (const [i, picture] of made.entries()) pictures[at + i] = picture;
  return { from: ran, axes, pictures };
}

/** The state after an event of the engine. */
export function after(state: RunState, event: RunEvent, now: number): RunState {
  const next = taken(state, event, now);
  return tells.has(event.type) ? { ...next, ...advanced(state, next, event, now) } : next;
}

/** Events that tell how far the run is. */
const tells: ReadonlySet<RunEvent['type']> = new Set(['planned', 'progress', 'done', 'failed']);

function taken(state: RunState, event: RunEvent, now: number): RunState {
  const at = (node: string, run: NodeRun): RunState => ({ ...state, nodes: { ...state.nodes, [node]: run } });
  switch (event.type) {
    case 'planned':
      return {
        ...state,
        planned: event.nodes,
        loops: new Set(event.loops),
        nodes: Object.fromEntries(event.nodes.map((id) => [id, { state: 'waiting' } as const])),
      };
    case 'started':
      return at(event.node, { state: 'running', since: now });
    case 'progress': {
      const { node, done, of, earlier, milliseconds, each } = event;
      const before = state.nodes[node];
      const since = before?.state === 'running' ? before.since : now;
      const next = at(node, { state: 'running', since, done, of, milliseconds, each, ...(earlier && { earlier }) });
      return state.loops.has(node) ? { ...next, steps: stepsAfter(state.steps, done, of, now) } : next;
    }
    case 'done': {
      const { node, milliseconds, runs, cached, outputs } = event;
      const next = at(node, { state: 'done', milliseconds, runs, cached });
      const times = cached ? state.times : { ...state.times, [node]: milliseconds };
      return { ...next, times, ...(outputs && { outputs: { ...state.outputs, [node]: outputs } }) };
    }
    case 'failed':
      return at(event.node, {
        state: 'failed',
        problem: event.problem,
        milliseconds: now - state.startedAt,
      });
    case 'skipped':
      return at(event.node, { state: 'skipped', because: event.because });
    case 'cell':
      return { ...state, cells: { ...state.cells, [event.node]: withCell(state.cells[event.node], event, state.ran) } };
    case 'lesson':
      return { ...state, lessons: { ...state.lessons, [event.node]: withNews(state.lessons[event.node], event) } };
    case 'shown': {
      const { node, axes, pictures, plays } = event;
      const { [node]: _, ...cells } = state.cells;
      const shown = { ...state.shown, [node]: { axes, pictures, from: state.ran, ...(plays && { plays }) } };
      return { ...state, cells, shown };
    }
    case 'finished': {
      const { outcome, milliseconds } = event;
      const left = Object.entries(state.nodes).filter(([, { state: s }]) => s !== 'waiting' && s !== 'running');
      return {
        ...state,
        phase: 'idle',
        steps: undefined,
        outcome: { outcome, milliseconds },
        nodes: Object.fromEntries(left),
      };
    }
    case 'paused':
      return state.phase === 'stopping' ? state : { ...state, phase: 'paused', pausedAt: now };
    case 'resumed':
      return resumed(state, now);
    case 'remark':
    // The scrubber takes these.
    case 'pictured':
    case 'profiled':
      return state;
  }
}

/** The time for which a run stood still counts nowhere. */
function resumed(state: RunState, now: number): RunState {
  const phase = state.phase === 'stopping' ? 'stopping' : 'running';
  if (state.phase !== 'paused') return { ...state, phase };
  const still = now - state.pausedAt;
  const { steps, startedAt } = state;
  return {
    ...state,
    phase,
    startedAt: startedAt + still,
    steps: steps && { ...steps, since: steps.since + still },
    nodes: Object.fromEntries(
      Object.entries(state.nodes).map(([id, run]) => [
        id,
        run.state === 'running' ? { ...run, since: run.since + still } : run,
      ]),
    ),
  };
}

/** The state after the user changed the graph, or opened a subgraph in it. */
export function edited(state: RunState, document: Document, path: Path = []): RunState {
  if (!state.ran) return state;
  const stale = staleNodes(state.ran, document, path);
  return stale.size === 0 && state.stale.size === 0 ? state : { ...state, stale };
}
