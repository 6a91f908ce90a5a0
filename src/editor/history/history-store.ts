import { createStore } from 'zustand/vanilla';
import type { PictureRecord } from '../../storage/run-record';
import type { HistoryLimits } from '../../storage/runs';

/** What narrows the list of pictures; empty strings do not. */
export interface Filter {
  readonly words: string;
  readonly only: 'all' | 'starred' | 'grids' | 'animations';
  readonly graph: string;
  readonly model: string;
  /** "512 × 512". */
  readonly size: string;
}

export const noFilter: Filter = { words: '', only: 'all', graph: '', model: '', size: '' };

interface HistoryState {
  /** All that are kept, newest first; undefined until somebody looked. */
  readonly pictures: readonly PictureRecord[] | undefined;
  readonly filter: Filter;
  /** The picture that has the focus, by id. */
  readonly at: string | undefined;
  /** It is shown large, with what is known of it. */
  readonly large: boolean;
  /** The picture that another one is to be compared with. */
  readonly marked: PictureRecord | undefined;
  /** What was just done. Toasts lie under a window, where nothing can be pressed. */
  readonly notice: { readonly text: string; readonly undo?: () => Promise<void> } | undefined;
}

export const historyStore = createStore<HistoryState>(() => ({
  pictures: undefined,
  filter: noFilter,
  at: undefined,
  large: false,
  marked: undefined,
  notice: undefined,
}));

const key = 'weft-history';

const usualLimits: HistoryLimits = { pictures: 2000, bytes: 1e9 };

/** How much the user wants to be kept. */
export function keptLimits(): HistoryLimits {
  try {
    const { pictures, bytes } = JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, unknown>;
    const count = (value: unknown, usual: number) => (typeof value === 'number' && value > 0 ? value : usual);
    return { pictures: count(pictures, usualLimits.pictures), bytes: count(bytes, usualLimits.bytes) };
  } catch {
    return usualLimits; // Not readable, or storage is off.
  }
}

export function setLimits(limits: HistoryLimits) {
  try {
    localStorage.setItem(key, JSON.stringify(limits));
  } catch {
    // Storage is off, and so is the history.
  }
}
