import type { useStoreApi } from '@xyflow/react';
import { tintRoom, zonesOf } from '../canvas/ZoneTints';
import { hull } from '../document/boxes';
import type { Point } from '../document/nodes';
import { partsOf } from '../document/parts';
import { notifyFailure } from '../notify';
import { boxOf, type CanvasNode, type CanvasWire, canvasStore } from '../state/canvas-store';
import { documentStore } from '../state/document-store';
import type { Side } from '../state/wire-in-hand';
import { routeStore } from './route-store';
import type { Ground, Routed, WireEnds, ZoneFace } from './route-wires';

type Flow = ReturnType<typeof useStoreApi<CanvasNode>>;
type Route = typeof import('./route-wires').routeWires;

let route: Route | undefined;

/** Whether everything lies where the document has it: nothing is being dragged, nor glides to its place. */
function isAtRest(nodes: readonly CanvasNode[]): boolean {
  const { document } = documentStore.getState();
  const places = new Map(partsOf(document).map(({ id, at }) => [id, at]));
  return nodes.every(({ id, type, position, measured }) => {
    const at = places.get(id);
    if (type === 'reroute' || !at) return type === 'reroute';
    return at[0] === position.x && at[1] === position.y && (type !== 'weft' || measured !== undefined);
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

/** All that wires depend on. Those that a person leads through points are not routed. */
function groundOf(flow: Flow): Ground {
  const { nodes, edges } = canvasStore.getState();
  const { nodeLookup } = flow.getState();
  const boxes = new Map(nodes.map((node) => [node.id, boxOf(node)]));
  const socket = (id: string, side: Side, port: string | null | undefined): Point | undefined => {
    const handle = nodeLookup.get(id)?.internals.handleBounds?.[side]?.find((one) => one.id === port);
    const at = boxes.get(id);
    return handle && at && [at.x + handle.x + handle.width / 2, at.y + handle.y + handle.height / 2];
  };
  const wires = edges.flatMap(({ id, source, sourceHandle, target, targetHandle, data }): WireEnds[] => {
    const [from, to] = [socket(source, 'source', sourceHandle), socket(target, 'target', targetHandle)];
    return from && to && !data?.reroutes.length
      ? [{ id, from, to, source, target, net: `${source} ${sourceHandle}` }]
      : [];
  });
  const faces = nodes.flatMap((node) =>
    node.type === 'weft' || node.type === 'note' ? [{ id: node.id, ...boxOf(node) }] : [],
  );
  const { pad, head } = tintRoom;
  const zones = zonesOf(documentStore.getState().graph).flatMap(({ id, members }): ZoneFace[] => {
    const box = hull(members.flatMap((member) => boxes.get(member) ?? []));
    return box
      ? [
          {
            id: `zone ${id}`,
            x: box.x - pad,
            y: box.y - pad - head,
            width: box.width + 2 * pad,
            height: box.height + 2 * pad + head,
            members: new Set(members),
          },
        ]
      : [];
  });
  return { wires, faces, zones };
}

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
    if (!route) {
      import('./route-wires').then(({ routeWires }) => {
        route = routeWires;
        plan();
      }, notifyFailure);
      return;
    }
    ({ nodes, edges } = now);
    routed = route(groundOf(flow), routed);
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
