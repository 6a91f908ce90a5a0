import { createStore } from 'zustand/vanilla';

/** A line that shows what a dragged node is aligned with: at `at` on its axis, from and to on the other; pixels of the graph. */
export interface Guide {
  readonly axis: 'x' | 'y';
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export const guideStore = createStore<{ readonly guides: readonly Guide[] }>(() => ({ guides: [] }));

export const showGuides = (guides: readonly Guide[]) => {
  if (guides.length || guideStore.getState().guides.length) guideStore.setState({ guides });
};
