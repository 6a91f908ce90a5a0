import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { scrubStore } from './scrub-store';

const StepLayer = lazy(() => import('./StepLayer'));

/** What is in the graph of a step that is looked at. */
export function Steps() {
  const looked = useStore(scrubStore, ({ step }) => step !== undefined);
  return looked ? (
    <Suspense>
      <StepLayer />
    </Suspense>
  ) : null;
}
