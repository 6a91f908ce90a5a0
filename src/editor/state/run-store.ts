import { createStore } from 'zustand/vanilla';
import type { Axis } from '../../core/define-node';
import type { Document } from '../../core/document';
import type { Problem } from '../../core/problem';
import type { Outcome, Picture, RunEvent, Summary } from '../../engine/events';
import { staleNodes } from '../document/stale';

/** What the last run, or the one that goes on, did at a node. */
export type NodeRun =
  | { readonly state: 'waiting' }
  | { readonly state: 'running'; readonly done?: number; readonly of?: number }
  | { readonly state: 'done'; readonly milliseconds: number; readonly runs: number; readonly cached: boolean }
  | { readonly state: 'failed'; readonly problem: Problem; readonly milliseconds: number }
  | { readonly state: 'skipped'; readonly because: string };

/** The pictures that a node shows, one per item, row-major over `axes`. */
export interface Shown {
  /** The graph that they came from. */
  readonly from: Document | undefined;
  readonly axes: readonly Axis[];
  readonly pictures: readonly Picture[];
}

/** How far the run is in model evaluations. */
export interface Steps {
  readonly done: number;
  readonly of: number;
  /** When the first of them finished, so that the time left can be told; milliseconds as of `performance.now`. */
  readonly since: number;
}

export interface RunState {
  readonly phase: 'idle' | 'running' | 'stopping';
  readonly nodes: Readonly<Record<string, NodeRun>>;
  readonly shown: Readonly<Record<string, Shown>>;
  /** What came out of each node's ports when it was last computed. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, Summary>>>>;
  /** Nodes that take part, in the order of the plan. */
  readonly planned: readonly string[];
  readonly steps: Steps | undefined;
  /** The graph that was run. */
  readonly ran: Document | undefined;
  /** Nodes that were changed, or depend on one that was, since the run. */
  readonly stale: ReadonlySet<string>;
  readonly startedAt: number;
  readonly outcome: { readonly outcome: Outcome; readonly milliseconds: number } | undefined;
}

/** Nothing was run. */
export const idleRun: RunState = {
  phase: 'idle',
  nodes: {},
  shown: {},
  outputs: {},
  planned: [],
  steps: undefined,
  ran: undefined,
  stale: new Set(),
  startedAt: 0,
  outcome: undefined,
};

export const runStore = createStore<RunState>(() => idleRun);

/** The state when a run of `document` begins: results of the run before stay until something replaces them. */
export const begun = (state: RunState, document: Document, now: number): RunState => ({
  ...state,
  phase: 'running',
  planned: [],
  steps: undefined,
  ran: document,
  stale: new Set(),
  startedAt: now,
  outcome: undefined,
});

const stepsAfter = (steps: Steps | undefined, done: number, of: number, now: number): Steps => {
  if (!steps || of > steps.of) return { done, of, since: now };
  return of === steps.of && done > steps.done ? { ...steps, done } : steps;
};

/** The state after an event of the engine. */
export function after(state: RunState, event: RunEvent, now: number): RunState {
  const at = (node: string, run: NodeRun): RunState => ({ ...state, nodes: { ...state.nodes, [node]: run } });
  switch (event.type) {
    case 'planned':
      return {
        ...state,
        planned: event.nodes,
        nodes: Object.fromEntries(event.nodes.map((id) => [id, { state: 'waiting' } as const])),
      };
    case 'started':
      return at(event.node, { state: 'running' });
    case 'progress': {
      const { node, done, of } = event;
      return { ...at(node, { state: 'running', done, of }), steps: stepsAfter(state.steps, done, of, now) };
    }
    case 'done': {
      const { node, milliseconds, runs, cached, outputs } = event;
      const next = at(node, { state: 'done', milliseconds, runs, cached });
      return outputs ? { ...next, outputs: { ...state.outputs, [node]: outputs } } : next;
    }
    case 'failed':
      return at(event.node, {
        state: 'failed',
        problem: event.problem,
        milliseconds: now - state.startedAt,
      });
    case 'skipped':
      return at(event.node, { state: 'skipped', because: event.because });
    case 'shown':
      return {
        ...state,
        shown: { ...state.shown, [event.node]: { axes: event.axes, pictures: event.pictures, from: state.ran } },
      };
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
    case 'resumed':
    case 'remark':
      return state;
  }
}

/** The state after the user changed the graph. */
export function edited(state: RunState, document: Document): RunState {
  if (!state.ran) return state;
  const stale = staleNodes(state.ran, document);
  return stale.size === 0 && state.stale.size === 0 ? state : { ...state, stale };
}
