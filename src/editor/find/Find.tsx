import { lazy, Suspense } from 'react';
import { useUi } from '../state/use';

const FindBar = lazy(() => import('./FindBar'));

/** The search of the graph, which is fetched when it is first asked for. */
export function Find() {
  const finding = useUi((state) => state.finding);
  return (
    finding && (
      <Suspense>
        <FindBar />
      </Suspense>
    )
  );
}
