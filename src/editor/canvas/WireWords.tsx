import { lazy, Suspense } from 'react';
import { useHand, useUi } from '../state/use';

const Refusal = lazy(() => import('./Refusal'));
const RefusedOffer = lazy(() => import('./RefusedOffer'));
const SocketChoice = lazy(() => import('./SocketChoice'));

/** What is said about a wire, above the panels: why a socket refuses it, what would make it fit, which socket is meant. */
export function WireWords() {
  const held = useHand(({ hand }) => hand !== undefined);
  const { refused, choosing } = useUi((state) => ({ refused: state.refused, choosing: state.choosing }));
  return (
    <Suspense>
      {held && <Refusal />}
      {refused && <RefusedOffer key={refused.reason} {...refused} />}
      {choosing && <SocketChoice {...choosing} />}
    </Suspense>
  );
}
