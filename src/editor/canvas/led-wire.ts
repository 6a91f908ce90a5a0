import type { Point } from '../document/nodes';
import { addReroute } from '../document/reroutes';
import { wireId } from '../document/wires';
import { currentDocument, edit } from '../state/document-store';
import { canvas } from '../text/canvas';
import { currentFlow } from './view';

/** The line of a wire as it is drawn, in pixels of the graph. */
const lineOf = (id: string): SVGPathElement | null =>
  document.querySelector(`.react-flow__edge[data-id="${CSS.escape(id)}"] .react-flow__edge-interaction`);

const fineness = 200;

/** How far along a line, of `fineness`, it comes nearest to a point. */
function placeOn(line: SVGPathElement, [x, y]: Point): number {
  const total = line.getTotalLength();
  let [place, nearest] = [0, Infinity];
  for (let i = 0; i <= fineness; i++) {
    const at = line.getPointAtLength((total * i) / fineness);
    const distance = Math.hypot(at.x - x, at.y - y);
    if (distance < nearest) [place, nearest] = [i, distance];
  }
  return place;
}

export interface PlaceOnWire {
  /** Which of the wire's points the new one would be. */
  readonly index: number;
  readonly at: Point;
}

/** Where a point of the graph is on a wire; without one, the middle of it. */
export function onWire(id: string, near?: Point): PlaceOnWire | undefined {
  const line = lineOf(id);
  const wire = currentDocument().wires.find(({ to }) => wireId(to) === id);
  if (!line || !wire) return undefined;
  const place = near ? placeOn(line, near) : fineness / 2;
  const { x, y } = line.getPointAtLength((line.getTotalLength() * place) / fineness);
  return { index: wire.via?.filter((point) => placeOn(line, point) < place).length ?? 0, at: [x, y] };
}

/** Puts a reroute on a wire: at a point of the window, or in its middle. */
export function addRerouteAt(id: string, near?: { readonly x: number; readonly y: number }) {
  const point = near && currentFlow()?.screenToFlowPosition(near, { snapToGrid: false });
  const place = onWire(id, point && [point.x, point.y]);
  if (place) edit(canvas.addReroute, addReroute(id, place.index, place.at));
}
