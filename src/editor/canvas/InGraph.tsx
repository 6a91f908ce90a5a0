import { useStore } from '@xyflow/react';
import { type ReactNode, useMemo } from 'react';
import { createPortal } from 'react-dom';

/**
 * What lies in the coordinates of the graph, beside wires and nodes. React Flow's own ViewportPortal looks for its place
 * behind all nodes each time that anything on the canvas changes.
 */
export function InGraph({ children }: { readonly children: ReactNode }) {
  const flow = useStore(({ domNode }) => domNode);
  const place = useMemo(() => flow?.querySelector('.react-flow__viewport-portal'), [flow]);
  return place ? createPortal(children, place) : null;
}
