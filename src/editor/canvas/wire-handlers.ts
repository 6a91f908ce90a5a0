import type { Connection, IsValidConnection, OnConnectEnd, OnConnectStart } from '@xyflow/react';
import type { WireEnd } from '../../core/document';
import { inputSpec } from '../../core/graph';
import { outputKind } from '../../core/port-kinds';
import { isReroute, reroutesOf } from '../document/reroutes';
import { wireId } from '../document/wires';
import { registry } from '../registry';
import type { CanvasWire } from '../state/canvas-store';
import { currentDocument, documentStore } from '../state/document-store';
import { lookAtSocket } from '../state/inspect-store';
import { handStore, letGo, type Side, takeWire, type WireInHand } from '../state/wire-in-hand';
import { withGestures } from './later';

/** What React Flow tells of wires that are taken, led and let go. What comes of it is in `wire-drop.ts`. */

function kindAt([id, port]: WireEnd, side: Side) {
  const { graph } = documentStore.getState();
  if (side === 'source') return outputKind(graph, registry, [id, port]);
  const definition = registry.get(graph.nodes.get(id)?.type ?? '');
  return definition && inputSpec(definition, port)?.kind;
}

type Held = Parameters<typeof takeWire>[3];

function take(node: string | null, port: string | null, side: Side | null, held?: Held) {
  const reroute = node && isReroute(node) ? reroutesOf(currentDocument()).get(node) : undefined;
  if (reroute) return takeWire(reroute.from, 'source', kindAt(reroute.from, 'source'), { via: reroute.via });
  if (!node || !port || !side) return;
  takeWire([node, port], side, kindAt([node, port], side), held);
}

export const onConnectStart: OnConnectStart = (_event, { nodeId, handleId, handleType }) => {
  // A wire that is being re-plugged is in hand already.
  if (!handStore.getState().hand) take(nodeId, handleId, handleType);
};

/** A press on a socket also shows what came along there. */
export const onClickConnectStart: OnConnectStart = (event, { nodeId, handleId, handleType }) => {
  onConnectStart(event as MouseEvent, { nodeId, handleId, handleType });
  if (nodeId && handleId && handleType) lookAtSocket([nodeId, handleId], handleType);
};

/** The end of a connection that is not in hand. */
const freeEnd = (hand: WireInHand, { source, sourceHandle, target, targetHandle }: Connection | CanvasWire): WireEnd =>
  hand.side === 'source' ? [target, targetHandle ?? ''] : [source, sourceHandle ?? ''];

export const isValidConnection: IsValidConnection<CanvasWire> = (connection) => {
  const { hand } = handStore.getState();
  return !!hand?.verdict(freeEnd(hand, connection), hand.side === 'source' ? 'target' : 'source').ok;
};

export const onConnect = (connection: Connection) => {
  const { hand } = handStore.getState();
  if (hand) withGestures(({ plugInto }) => plugInto(hand, freeEnd(hand, connection)));
};

export const onReconnectStart = (_event: unknown, wire: CanvasWire, fixed: Side) => {
  if (fixed === 'source')
    return take(wire.source, wire.sourceHandle ?? null, 'source', {
      replugged: [wire.id],
      via: currentDocument().wires.find(({ to }) => wireId(to) === wire.id)?.via ?? [],
    });
  withGestures(({ pulledWith }) => {
    const replugged = pulledWith(wire.id);
    const others = currentDocument().wires.flatMap(({ to }) =>
      wireId(to) !== wire.id && replugged.includes(wireId(to)) ? [to] : [],
    );
    take(wire.target, wire.targetHandle ?? null, 'target', { replugged, others });
  });
};

export const onReconnect = (_wire: CanvasWire, connection: Connection) => onConnect(connection);

const placeOf = (event: MouseEvent | TouchEvent) => {
  const { clientX: x, clientY: y } =
    'changedTouches' in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event;
  return { x, y };
};

/** A wire that is let go over a socket which does not take it says why; over anything else it is dropped there. */
export const onConnectEnd: OnConnectEnd = (event, { toHandle, isValid }) => {
  const { hand } = handStore.getState();
  letGo();
  if (!hand || isValid) return;
  const place = placeOf(event);
  withGestures(({ dropWire, refuse }) =>
    toHandle ? refuse(hand, [toHandle.nodeId, toHandle.id ?? ''], toHandle.type, place) : dropWire(hand, place),
  );
};

/** The same for a wire that was taken by a press on a socket and is given to another by a second one. */
export const onClickConnectEnd = (event: MouseEvent | TouchEvent) => {
  const { hand } = handStore.getState();
  letGo();
  const socket = (event.target as Element).closest<HTMLElement>('.react-flow__handle');
  const { nodeid: id, handleid: port = '' } = socket?.dataset ?? {};
  if (!hand || !socket || id === undefined || (id === hand.end[0] && port === hand.end[1])) return;
  const side = socket.classList.contains('source') ? 'source' : 'target';
  const { left, bottom } = socket.getBoundingClientRect();
  withGestures(({ refuse }) => refuse(hand, [id, port], side, { x: left, y: bottom - 12 }));
};
