import { usualCurve } from '../canvas/wire-path';
import type { Box } from '../document/boxes';
import type { Point } from '../document/nodes';
import { type Curve, crossedBy, otherCurves } from './curve';
import { type Face, Faces } from './faces';
import { rounded } from './rounded';
import { setApart } from './set-apart';
import { wayAround } from './way-around';

/** A wire from socket to socket. */
export interface WireEnds {
  readonly id: string;
  readonly from: Point;
  readonly to: Point;
  readonly source: string;
  /** The output with its node: wires of one output share their way. */
  readonly net: string;
  readonly target: string;
}

/** The tint of a zone, which wires of other nodes rather go around. */
export interface ZoneFace extends Face {
  readonly members: ReadonlySet<string>;
}

export interface Ground {
  readonly wires: readonly WireEnds[];
  readonly faces: readonly Face[];
  readonly zones: readonly ZoneFace[];
}

/** The line of a wire that is not the usual one, as an SVG path, and the ends that it is for. */
export interface Route {
  readonly from: Point;
  readonly to: Point;
  readonly path: string;
}

/** What was found for a wire. */
interface Found {
  readonly key: string;
  readonly curve?: Curve;
  readonly way?: readonly Point[];
  /** What it depends on: what is there now, and all that comes into these bounds. */
  readonly around: readonly string[];
  readonly bounds: Box;
}

/** What was found, to be gone on from when a part of it changes. */
export interface Routed {
  readonly routes: ReadonlyMap<string, Route>;
  readonly found: ReadonlyMap<string, Found>;
  readonly boxes: ReadonlyMap<string, Face>;
}

const same = (a: Box, b: Box) => a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

/** What a wire looks at beyond its line; pixels. */
const margin = 24;

function boundsOf(points: readonly Point[]): Box {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs) - margin, Math.min(...ys) - margin];
  return { x, y, width: Math.max(...xs) + margin - x, height: Math.max(...ys) + margin - y };
}

const meets = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const everywhere: Box = { x: -1e9, y: -1e9, width: 2e9, height: 2e9 };

function find(wire: WireEnds, key: string, faces: Faces, zones: readonly ZoneFace[]): Found {
  const { from, to, source, target } = wire;
  const isOwn = ({ id }: Face) => id === source || id === target;
  const usual = usualCurve(from, to);
  const bounds = boundsOf(usual);
  const crossed = crossedBy(usual, faces, isOwn);
  if (crossed.length === 0) return { key, around: [], bounds };
  const own = faces.of(source, target);
  const curve = crossed.some(isOwn)
    ? undefined
    : otherCurves(from, to).find((other) => crossedBy(other, faces, isOwn).length === 0);
  if (curve) return { key, curve, around: [], bounds };
  const foreign = zones.filter(({ members }) => !members.has(source) && !members.has(target));
  const way = wayAround({ from, to, own }, crossed, faces, foreign);
  return way
    ? { key, way: way.points, around: way.around.map(({ id }) => id), bounds: boundsOf([...usual, ...way.tried]) }
    : // Whatever changes may open a way.
      { key, around: [], bounds: everywhere };
}

const curvePath = ([a, b, c, d]: Curve) => `M${a.join(' ')}C${b.join(' ')} ${c.join(' ')} ${d.join(' ')}`;

/**
 * The lines of the wires whose usual curve would run across a node that is not theirs: another curve where that is enough, or a
 * way around through the gutters between nodes. What has not changed since `before` is not looked for again; the result is the
 * same as without it.
 */
export function routeWires({ wires, faces: all, zones }: Ground, before?: Routed): Routed {
  const faces = new Faces(all);
  const boxes = new Map([...all, ...zones].map((face): [string, Face] => [face.id, face]));
  const changed: Face[] = [];
  const gone = new Set<string>();
  for (const [id, face] of boxes) {
    const old = before?.boxes.get(id);
    if (old && same(old, face)) continue;
    gone.add(id);
    changed.push(face, ...(old ? [old] : []));
  }
  for (const [id, old] of before?.boxes ?? [])
    if (!boxes.has(id)) {
      gone.add(id);
      changed.push(old);
    }
  const zonesOf = new Map<string, string[]>();
  for (const { id, members } of zones)
    for (const member of members) zonesOf.set(member, [...(zonesOf.get(member) ?? []), id]);
  const found = new Map<string, Found>();
  for (const wire of wires) {
    const { from, to, source, target } = wire;
    const key = [...from, ...to, source, target, zonesOf.get(source), zonesOf.get(target)].join(' ');
    const old = before?.found.get(wire.id);
    const stays =
      old?.key === key &&
      !gone.has(source) &&
      !gone.has(target) &&
      !old.around.some((id) => gone.has(id)) &&
      !changed.some((face) => meets(face, old.bounds));
    found.set(wire.id, stays ? old : find(wire, key, faces, zones));
  }

  const led = wires.flatMap((wire) => {
    const points = found.get(wire.id)?.way;
    return points ? [{ wire, net: wire.net, points }] : [];
  });
  const apart = setApart(led, faces);
  const routes = new Map(
    led.map(({ wire: { id, from, to } }, i): [string, Route] => [
      id,
      { from, to, path: rounded(apart[i] ?? [], faces) },
    ]),
  );
  for (const { id, from, to } of wires) {
    const curve = found.get(id)?.curve;
    if (curve) routes.set(id, { from, to, path: curvePath(curve) });
  }
  // A route that is the same as before is the same object, so that its wire is not drawn again.
  for (const [id, route] of routes) {
    const old = before?.routes.get(id);
    if (old?.path === route.path && old.from.join() === route.from.join() && old.to.join() === route.to.join())
      routes.set(id, old);
  }
  return { routes, found, boxes };
}
