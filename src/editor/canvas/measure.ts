import { useStoreApi } from '@xyflow/react';
import { useCallback } from 'react';
import { isReturned, isSketched } from './detail';

const waiting = new Set<string>();

/**
 * Tells React Flow that a node has other sockets than when it was measured. All that were told of since the last frame are
 * measured at once, because each time everything on the canvas is asked whether it changes.
 */
export function useMeasure(): (id: string) => void {
  const flow = useStoreApi();
  return useCallback(
    (id) => {
      if (isReturned(id)) return;
      if (waiting.size === 0)
        requestAnimationFrame(() => {
          const { domNode, updateNodeInternals } = flow.getState();
          const updates: Parameters<typeof updateNodeInternals>[0] = new Map();
          for (const nodeElement of domNode?.querySelectorAll<HTMLDivElement>('.react-flow__node') ?? []) {
            const { id: node = '' } = nodeElement.dataset;
            if (waiting.has(node) && !isSketched(node)) updates.set(node, { id: node, nodeElement, force: true });
          }
          waiting.clear();
          if (updates.size > 0) updateNodeInternals(updates, { triggerFitView: false });
        });
      waiting.add(id);
    },
    [flow],
  );
}
