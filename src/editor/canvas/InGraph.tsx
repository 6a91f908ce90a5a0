import { useStore } from '@xyflow/react';
import { type ReactNode, useMemo } from 'react';
import { createPortal } from 'react-dom';

/**
 * What lies in the coordinates of the graph, beside wires and nodes. React Flow's own ViewportPortal looks for its place
 * behind all nodes each time that anything on the canvas changes. Without `above` it lies behind the nodes.
 */
export function InGraph({ children, above }: { readonly children: ReactNode; readonly above?: boolean }) {
  const flow = useStore(({ domNode }) => domNode);
  const name = above ? '.react-flow__viewport' : '.react-flow__viewport-portal';
  const place = useMemo(() => flow?.querySelector(name), [flow, name]);
  return place ? createPortal(children, place) : null;
}
