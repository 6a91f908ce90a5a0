import type { useStoreApi } from '@xyflow/react';
import { partsOf } from '../document/parts';
import { notifyFailure } from '../notify';
import { type CanvasNode, type CanvasWire, canvasStore } from '../state/canvas-store';
import { documentStore } from '../state/document-store';
import { routeStore } from './route-store';
import type { Routed } from './route-wires';

type Flow = ReturnType<typeof useStoreApi<CanvasNode>>;
type RouteCanvas = typeof import('./route-canvas').routeCanvas;

let routeCanvas: RouteCanvas | undefined;

/** Whether everything lies where the document has it: nothing is being dragged, nor glides to its place. */
function isAtRest(nodes: readonly CanvasNode[]): boolean {
  const { document } = documentStore.getState();
  const places = new Map(partsOf(document).map(({ id, at }) => [id, at]));
  return nodes.every(({ id, type, position, measured }) => {
    const at = places.get(id);
    if (type === 'reroute' || !at) return type === 'reroute';
    // Documents keep whole pixels, and guides may lie between them.
    const isThere = Math.abs(at[0] - position.x) < 1 && Math.abs(at[1] - position.y) < 1;
    return isThere && (type !== 'weft' || measured !== undefined);
  });
}

const sameNodes = (nodes: readonly CanvasNode[], before: readonly CanvasNode[]) =>
  nodes === before ||
  (nodes.length === before.length &&
    nodes.every(({ id, position, measured }, i) => {
      const old = before[i];
      return old?.id === id && old.position === position && old.measured === measured;
    }));

const sameWires = (edges: readonly CanvasWire[], before: readonly CanvasWire[]) =>
  edges === before ||
  (edges.length === before.length &&
    edges.every(({ id, source, sourceHandle, data }, i) => {
      const old = before[i];
      return old?.id === id && old.source === source && old.sourceHandle === sourceHandle && old.data === data;
    }));

/**
 * Finds the ways of wires anew whenever nodes or wires have changed and lie still, before the next picture is drawn. The code
 * for it is fetched when there is a wire.
 */
export function watchRoutes(flow: Flow): () => void {
  let frame = 0;
  let routed: Routed | undefined;
  let [nodes, edges]: [readonly CanvasNode[], readonly CanvasWire[]] = [[], []];
  const work = () => {
    frame = 0;
    const now = canvasStore.getState();
    if (sameNodes(now.nodes, nodes) && sameWires(now.edges, edges)) return;
    if (now.edges.length === 0 && routeStore.getState().routes.size === 0) return;
    if (!isAtRest(now.nodes)) return;
    if (!routeCanvas) {
      import('./route-canvas').then((module) => {
        routeCanvas = module.routeCanvas;
        plan();
      }, notifyFailure);
      return;
    }
    ({ nodes, edges } = now);
    routed = routeCanvas(flow, routed);
    routeStore.setState({ routes: routed.routes });
  };
  const plan = () => {
    frame ||= requestAnimationFrame(work);
  };
  const end = canvasStore.subscribe(plan);
  plan();
  return () => {
    end();
    cancelAnimationFrame(frame);
  };
}
