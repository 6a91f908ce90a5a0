import type { useStoreApi } from '@xyflow/react';
import { tintRoom, zonesOf } from '../canvas/ZoneTints';
import { hull } from '../document/boxes';
import type { Point } from '../document/nodes';
import { boxOf, type CanvasNode, canvasStore } from '../state/canvas-store';
import { documentStore } from '../state/document-store';
import type { Side } from '../state/wire-in-hand';
import { type Ground, type Routed, routeWires, type WireEnds, type ZoneFace } from './route-wires';

type Flow = ReturnType<typeof useStoreApi<CanvasNode>>;

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

/** The lines of the wires on the canvas. */
export const routeCanvas = (flow: Flow, before?: Routed): Routed => routeWires(groundOf(flow), before);
