import { createStore } from 'zustand/vanilla';
import type { Problem } from '../../core/problem';
import type { Keeping } from '../../storage/desk/writing';

interface KeepingState {
  /** By id of the graph; those that are not here are kept. */
  readonly keeping: Readonly<Record<string, Keeping>>;
  /** Ids of the graphs that another page edits. */
  readonly followed: ReadonlySet<string>;
  /** Why nothing can be kept at the moment. */
  readonly trouble: Problem | undefined;
  /** Why what was open last is not shown. */
  readonly unread: Problem | undefined;
}

/** How the open graphs are kept. */
export const keepingStore = createStore<KeepingState>(() => ({
  keeping: {},
  followed: new Set(),
  trouble: undefined,
  unread: undefined,
}));

/** True for a graph that another page edits: here it can only be looked at. */
export const isFollowed = (id: string): boolean => keepingStore.getState().followed.has(id);

export function setFollowed(id: string, follows: boolean) {
  if (isFollowed(id) === follows) return;
  keepingStore.setState(({ followed }) => {
    const next = new Set(followed);
    if (follows) next.add(id);
    else next.delete(id);
    return { followed: next };
  });
}
