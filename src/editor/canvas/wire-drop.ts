import type { AnyNode } from '../../core/define-node';
import type { WireEnd } from '../../core/document';
import { inputSpec, outputSpec } from '../../core/graph';
import { type Kind, kinds } from '../../core/kinds';
import { conversionBetween } from '../document/conversion';
import { canBeSocket, facingParameters } from '../document/parameters';
import { allOf, nodeOf, type Recipe } from '../document/recipe';
import { addReroute, feedReroute, isReroute, reroutesOf } from '../document/reroutes';
import { disconnect, plug, wireId } from '../document/wires';
import { registry } from '../registry';
import { currentDocument, documentStore, edit } from '../state/document-store';
import { uiStore } from '../state/ui-store';
import type { Side, WireInHand } from '../state/wire-in-hand';
import { canvas } from '../text/canvas';
import { common } from '../text/common';
import { onWire } from './led-wire';
import { currentFlow } from './view';
import { wireAt } from './wire-under';

/** In pixels of the window. */
interface Place {
  readonly x: number;
  readonly y: number;
}

const otherSide = (side: Side): Side => (side === 'source' ? 'target' : 'source');

/** The points of a wire that is moved to another output, unless a wire that stays shares them. */
function ownPoints({ replugged }: WireInHand, to: WireEnd) {
  const { wires } = currentDocument();
  const moved = (end: WireEnd) => replugged.includes(wireId(end));
  const wire = wires.find((one) => wireId(one.to) === wireId(to));
  const first = wire?.via?.[0]?.join();
  if (!wire || !moved(to) || first === undefined) return undefined;
  const shared = wires.some(
    (one) => !moved(one.to) && wireId(one.from) === wireId(wire.from) && one.via?.[0]?.join() === first,
  );
  return shared ? undefined : wire.via;
}

/** What a wire in hand does at a socket or a reroute. */
function plugging(hand: WireInHand, [id, port]: WireEnd): Recipe {
  const { end, others, side, replugged, via } = hand;
  const reroute = isReroute(id) ? reroutesOf(currentDocument()).get(id) : undefined;
  const take = disconnect(new Set(replugged));
  if (side === 'source')
    return allOf(take, reroute ? feedReroute(reroute, end, via) : plug(registry, end, [id, port], via));
  const from: WireEnd = reroute?.from ?? [id, port];
  return allOf(take, ...[end, ...others].map((to) => plug(registry, from, to, reroute?.via ?? ownPoints(hand, to))));
}

const labelOf = ({ replugged: { length } }: WireInHand): string =>
  length > 1 ? canvas.move(common.wires(length)) : length ? canvas.moveWire : canvas.wire;

/** Ends a wire in hand at a socket or a reroute that takes it. */
export const plugInto = (hand: WireInHand, socket: WireEnd) => edit(labelOf(hand), plugging(hand, socket));

/** Says why a socket does not take a wire, and offers the node that would make it fit if there is one. */
export function refuse(hand: WireInHand, socket: WireEnd, side: Side, { x, y }: Place) {
  const verdict = hand.verdict(socket, side);
  if (verdict.ok) return;
  const [from, to] = hand.side === 'source' ? [hand.end, socket] : [socket, hand.end];
  const conversion = side === hand.side ? undefined : conversionBetween(currentDocument(), registry, from, to);
  uiStore.setState({ refused: { x, y, reason: verdict.reason, from, to, conversion } });
}

const specOf = (definition: AnyNode, port: string, side: Side) =>
  side === 'target' ? inputSpec(definition, port) : outputSpec(definition, port);

/** The sockets of a node on a side: its ports and what is exposed first, then the parameters that could be sockets. */
function socketsOf(id: string, side: Side): readonly (readonly string[])[] {
  const { graph } = documentStore.getState();
  const node = graph.nodes.get(id);
  const definition = registry.get(node?.type ?? '');
  if (!definition) return [];
  if (side === 'source') return [Object.keys(definition.out)];
  const exposed = node?.exposed ?? [];
  const parameters = facingParameters(graph, id, definition)
    .filter(canBeSocket)
    .map(({ name }) => name);
  return [[...Object.keys(definition.in), ...exposed], parameters.filter((name) => !exposed.includes(name))];
}

/** Why no socket of a node takes a wire. */
function nothingFits(hand: WireInHand, id: string): string {
  const definition = registry.get(nodeOf(currentDocument(), id)?.type ?? '');
  const title = nodeOf(currentDocument(), id)?.title ?? definition?.title ?? canvas.thisNode;
  const what = hand.kind ? kinds[hand.kind].phrase : 'this';
  return hand.side === 'source' ? canvas.takesNone(title, what) : canvas.givesNone(title, what);
}

/** Ends a wire at the only socket of a node that takes it, asks which of several, or says why there is none. */
function dropOnNode(hand: WireInHand, id: string, place: Place) {
  const side = otherSide(hand.side);
  const sockets = socketsOf(id, side);
  const fitting = sockets
    .map((ports) => ports.filter((port) => hand.verdict([id, port], side).ok))
    .find((ports) => ports.length > 0);
  const [only] = fitting ?? [];
  if (fitting && only !== undefined) {
    const definition = registry.get(nodeOf(currentDocument(), id)?.type ?? '');
    if (fitting.length === 1) return plugInto(hand, [id, only]);
    const choices = fitting.map((port): { port: string; kind: Kind | undefined } => ({
      port,
      kind: definition && specOf(definition, port, side)?.kind,
    }));
    return uiStore.setState({ choosing: { ...place, hand, node: id, choices } });
  }
  // A socket of another kind that a conversion would lead to; else the first sentence that tells more than kinds do.
  const refusals = sockets.flat().map((port): WireEnd => [id, port]);
  const convertible = refusals.find((socket) => {
    const [from, to] = hand.side === 'source' ? [hand.end, socket] : [socket, hand.end];
    return conversionBetween(currentDocument(), registry, from, to) !== undefined;
  });
  const sameKind = refusals.find(([, port]) => {
    const definition = registry.get(nodeOf(currentDocument(), id)?.type ?? '');
    return definition && specOf(definition, port, side)?.kind === hand.kind;
  });
  const telling = sameKind ?? convertible;
  if (telling) return refuse(hand, telling, side, place);
  const reason = nothingFits(hand, id);
  uiStore.setState({ refused: { ...place, reason, from: hand.end, to: hand.end, conversion: undefined } });
}

/** Takes a wire that looks for an output out of another wire, at a reroute that is put there. */
function dropOnWire(hand: WireInHand, id: string, place: Place): boolean {
  const wire = currentDocument().wires.find(({ to }) => wireId(to) === id);
  if (!wire || hand.side !== 'target' || !hand.verdict(wire.from, 'source').ok) return false;
  const point = currentFlow()?.screenToFlowPosition(place, { snapToGrid: false });
  const on = onWire(id, point && [point.x, point.y]);
  if (!on) return false;
  const via = [...(wire.via ?? []).slice(0, on.index), on.at].map(([x, y]) => [Math.round(x), Math.round(y)] as const);
  const take = disconnect(new Set(hand.replugged));
  const led = [hand.end, ...hand.others].map((to) => plug(registry, wire.from, to, via));
  edit(labelOf(hand), allOf(take, addReroute(id, on.index, on.at), ...led));
  return true;
}

/** What becomes of a wire that is let go where no socket is: over a node, over a wire, or over nothing. */
export function dropWire(hand: WireInHand, place: Place) {
  const under = document.elementFromPoint(place.x, place.y);
  const node = under?.closest<HTMLElement>('.react-flow__node-weft');
  const id = node?.dataset.id;
  if (id !== undefined) {
    // Back on its own node: the user thought better of it.
    if (id === hand.end[0]) return;
    const port = under?.closest<HTMLElement>('[data-parameter]')?.dataset.parameter;
    const side = otherSide(hand.side);
    if (port !== undefined && side === 'target' && hand.verdict([id, port], side).ok) return plugInto(hand, [id, port]);
    return dropOnNode(hand, id, place);
  }
  const wire = wireAt(place.x, place.y);
  if (wire !== undefined && dropOnWire(hand, wire, place)) return;
  const { length } = hand.replugged;
  if (length > 0) {
    edit(length > 1 ? canvas.remove(common.wires(length)) : canvas.removeWire, disconnect(new Set(hand.replugged)));
    return;
  }
  if (under?.closest('.react-flow')) uiStore.setState({ adding: { ...place, loose: hand } });
}
