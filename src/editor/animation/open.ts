import { createStore } from 'zustand/vanilla';
import type { Axis, Playback } from '../../core/define-node';
import type { Document } from '../../core/document';
import type { Picture } from '../../engine/events';
import { uiStore } from '../state/ui-store';

/** Pictures of one size that make a film. */
export interface Reel {
  readonly title: string;
  /** The graph that they came from. */
  readonly from?: Document | undefined;
  /** What each of them is called. */
  readonly axes: readonly Axis[];
  readonly count: number;
  /** Makes or fetches one of them; undefined where there is none. */
  readonly picture: (at: number) => Picture | undefined | Promise<Picture | undefined>;
}

type Dialog = ReturnType<typeof uiStore.getState>['dialog'];

interface FilmState {
  readonly reel: Reel | undefined;
  /** How it is played, and what it becomes. */
  readonly playback: Playback;
  /** The window that it was opened from. */
  readonly before: Dialog;
}

export const filmStore = createStore<FilmState>(() => ({
  reel: undefined,
  playback: { rate: 8, hold: 1, back: false, labels: true, format: 'gif' },
  before: undefined,
}));

/** Opens the window that plays pictures and saves them as a film. */
export function openFilm(reel: Reel, playback?: Playback) {
  filmStore.setState({ reel, before: uiStore.getState().dialog, ...(playback && { playback }) });
  uiStore.setState({ dialog: 'film' });
}

/** An axis that counts: "step 1", "step 2", … */
export const countedAxis = (title: string, labels: readonly string[]): Axis => ({ id: title, title, labels });
