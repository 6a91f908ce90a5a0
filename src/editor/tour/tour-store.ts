import { createStore } from 'zustand/vanilla';

interface TourState {
  /** Which of the steps is shown, counted from 0; undefined while there is no tour. */
  readonly step: number | undefined;
  /** The user asked for it, so it takes the focus. */
  readonly asked: boolean;
}

const key = 'weft-toured';

/** The tour of the first start. */
export const tourStore = createStore<TourState>(() => ({ step: undefined, asked: false }));

export const startTour = () => tourStore.setState({ step: 0, asked: true });

/** Starts the tour for somebody who is here for the first time, and marks that they were. */
export function offerTour() {
  try {
    if (localStorage.getItem(key)) return;
    localStorage.setItem(key, 'yes');
  } catch {
    return; // Storage is off: it would come back each time.
  }
  tourStore.setState({ step: 0, asked: false });
}

export const endTour = () => tourStore.setState({ step: undefined, asked: false });
