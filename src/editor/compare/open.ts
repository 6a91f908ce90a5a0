import { createStore } from 'zustand/vanilla';
import type { Document } from '../../core/document';
import type { Picture } from '../../engine/events';
import type { PlainValue } from '../../engine/recording/plain';
import type { Colors } from '../../engine/recording/projection';
import type { Cells } from '../state/run-store';
import { uiStore } from '../state/ui-store';

/** One of the two that are compared: a picture as it is shown, or a value. */
export type Side = {
  /** "CFG 7.5". */
  readonly title: string;
  /** The graph that it came from. */
  readonly document?: Document | undefined;
  /** Which picture of a grid it is, where it is one; without the pictures where the others are no longer there. */
  readonly among?: Pick<Cells, 'axes'> & Partial<Pick<Cells, 'pictures'>> & { readonly index: number };
} & ({ readonly picture: Picture } | { readonly value: PlainValue; readonly colors?: Colors | undefined });

interface CompareState {
  readonly a: Side | undefined;
  readonly b: Side | undefined;
}

export const compareStore = createStore<CompareState>(() => ({ a: undefined, b: undefined }));

/** Opens the window that compares two pictures or two values of one kind. */
export function openCompare(a: Side, b: Side) {
  compareStore.setState({ a, b });
  uiStore.setState({ dialog: 'compare' });
}
