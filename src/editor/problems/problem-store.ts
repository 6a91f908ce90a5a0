import { createStore } from 'zustand/vanilla';
import type { Document } from '../../core/document';
import type { Found } from '../../engine/problems/find-problems';

interface ProblemState {
  /** The graph that was looked at last, and what was found in it. */
  readonly of: Document | undefined;
  readonly found: readonly Found[];
  /** What stands in the way, by node. */
  readonly byNode: ReadonlyMap<string, readonly Found[]>;
  /** Ids of the graphs that somebody tried to run in spite of problems: from then on the nodes themselves tell them. */
  readonly tried: ReadonlySet<string>;
}

/** What would stand in the way of a run of the graph that is shown. `watch.ts` keeps it. */
export const problemStore = createStore<ProblemState>(() => ({
  of: undefined,
  found: [],
  byNode: new Map(),
  tried: new Set(),
}));

/** Whether nodes tell their problems themselves: not while a graph is being made. */
export const areTold = ({ of, tried }: ProblemState): boolean => of !== undefined && tried.has(of.id);
