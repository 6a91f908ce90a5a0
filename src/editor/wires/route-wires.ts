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
  readonly wire: WireEnds;
  /** The zones that its ends are in. */
  readonly inside: string;
  readonly curve?: Curve;
  readonly way?: readonly Point[];
  /** What it depends on: what is there now, and all that comes into these bounds. */
  readonly around: readonly string[];
  readonly bounds: Box;
}

/** Ways that come so near to each other that they may have to be set apart. */
interface Bundle {
  readonly members: readonly Found[];
  readonly bounds: Box;
  paths: readonly string[];
}

/** What was found, to be gone on from when a part of it changes. */
export interface Routed {
  readonly routes: ReadonlyMap<string, Route>;
  readonly found: ReadonlyMap<string, Found>;
  readonly boxes: ReadonlyMap<string, Face>;
  readonly bundles: readonly Bundle[];
}

const samePoint = (a: Point, b: Point) => a[0] === b[0] && a[1] === b[1];
const sameWire = (a: WireEnds, b: WireEnds) =>
  samePoint(a.from, b.from) &&
  samePoint(a.to, b.to) &&
  a.source === b.source &&
  a.target === b.target &&
  a.net === b.net;
const same = (a: Box, b: Box) => a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

/** What a wire looks at beyond its line, and beyond its way when it is set apart from others; pixels. */
const [margin, reach] = [24, 64];

function boundsOf(points: readonly Point[], margin: number): Box {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs) - margin, Math.min(...ys) - margin];
  return { x, y, width: Math.max(...xs) + margin - x, height: Math.max(...ys) + margin - y };
}

const meets = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const everywhere: Box = { x: -1e9, y: -1e9, width: 2e9, height: 2e9 };

function find(wire: WireEnds, inside: string, faces: Faces, zones: Faces<ZoneFace>): Found {
  const { from, to, source, target } = wire;
  const usual = usualCurve(from, to);
  const bounds = boundsOf(usual, margin);
  const crossed = crossedBy(usual, faces, source, target);
  if (crossed.length === 0) return { wire, inside, around: [], bounds };
  const own = faces.of(source, target);
  const curve = crossed.some((face) => own.includes(face))
    ? undefined
    : otherCurves(from, to).find((other) => crossedBy(other, faces, source, target).length === 0);
  if (curve) return { wire, inside, curve, around: [], bounds };
  const foreign = (...box: Parameters<Faces['over']>) =>
    zones.over(...box).filter(({ members }) => !members.has(source) && !members.has(target));
  const way = wayAround({ from, to, own }, crossed, faces, foreign);
  // Whatever changes may open a way where there is none.
  if (!way) return { wire, inside, around: [], bounds: everywhere };
  const around = way.around.map(({ id }) => id);
  return { wire, inside, way: way.points, around, bounds: boundsOf([...usual, ...way.tried], margin) };
}

/** Ways whose bounds meet, each way in one bundle. */
function bundlesOf(led: readonly Found[]): Bundle[] {
  const bounds = led.map(({ way = [] }) => boundsOf(way, reach));
  const leader = led.map((_, i) => i);
  const find = (i: number): number => {
    let root = i;
    for (let up = leader[root] ?? root; up !== root; up = leader[root] ?? root) root = up;
    leader[i] = root;
    return root;
  };
  for (const [i, a] of bounds.entries())
    for (let j = 0; j < i; j++) {
      const b = bounds[j];
      if (b && meets(a, b)) leader[find(i)] = find(j);
    }
  const members = new Map<number, number[]>();
  for (const i of led.keys()) {
    const root = find(i);
    members.set(root, [...(members.get(root) ?? []), i]);
  }
  return [...members.values()].map((places) => ({
    members: places.flatMap((i) => led[i] ?? []),
    bounds: boundsOf(
      places.flatMap((i) => led[i]?.way ?? []),
      reach,
    ),
    paths: [],
  }));
}

const curvePath = ([a, b, c, d]: Curve) => `M${a.join(' ')}C${b.join(' ')} ${c.join(' ')} ${d.join(' ')}`;

/** What was added, moved or taken away: the ids, and where it was and is. */
function changesSince(before: Routed | undefined, boxes: ReadonlyMap<string, Face>) {
  const ids = new Set<string>();
  const places: Face[] = [];
  for (const [id, face] of boxes) {
    const old = before?.boxes.get(id);
    if (old && same(old, face)) continue;
    ids.add(id);
    places.push(face, ...(old ? [old] : []));
  }
  for (const [id, old] of before?.boxes ?? [])
    if (!boxes.has(id)) {
      ids.add(id);
      places.push(old);
    }
  return { ids, places };
}

/**
 * The lines of the wires whose usual curve would run across a node that is not theirs: another curve where that is enough, or a
 * way around through the gutters between nodes. What has not changed since `before` is not looked for again; the result is the
 * same as without it.
 */
export function routeWires({ wires, faces: all, zones }: Ground, before?: Routed): Routed {
  const faces = new Faces(all);
  const boxes = new Map<string, Face>();
  for (const list of [all, zones]) for (const face of list) boxes.set(face.id, face);
  const { ids: changed, places } = changesSince(before, boxes);
  const isChanged = (bounds: Box) => places.some((place) => meets(place, bounds));
  const zonesOf = new Map<string, string>();
  for (const { id, members } of zones)
    for (const member of members) zonesOf.set(member, `${zonesOf.get(member) ?? ''} ${id}`);
  const tints = new Faces(zones);
  const found = new Map<string, Found>();
  for (const wire of wires) {
    const old = before?.found.get(wire.id);
    const inside = [zonesOf.get(wire.source), zonesOf.get(wire.target)].join();
    const stays =
      old?.inside === inside &&
      sameWire(wire, old.wire) &&
      !changed.has(wire.source) &&
      !changed.has(wire.target) &&
      !old.around.some((id) => changed.has(id)) &&
      !isChanged(old.bounds);
    found.set(wire.id, stays ? old : find(wire, inside, faces, tints));
  }

  const routes = new Map<string, Route>();
  const keep = ({ id, from, to }: WireEnds, path: string) => {
    const old = before?.routes.get(id);
    // A line that is the same as before is the same object, so that its wire is not drawn again.
    const stays = old?.path === path && samePoint(old.from, from) && samePoint(old.to, to);
    routes.set(id, stays ? old : { from, to, path });
  };
  for (const { wire, curve } of found.values()) if (curve) keep(wire, curvePath(curve));
  const bundles = bundlesOf([...found.values()].filter(({ way }) => way));
  const kept = new Map(before?.bundles.map((bundle) => [bundle.members[0], bundle]));
  for (const [i, bundle] of bundles.entries()) {
    const { members, bounds } = bundle;
    const old = kept.get(members[0]);
    const stays = old?.members.length === members.length && members.every((one, j) => one === old.members[j]);
    if (old && stays && !isChanged(bounds)) bundles[i] = old;
    else {
      const apart = setApart(
        members.map(({ wire: { net }, way = [] }) => ({ net, points: way })),
        faces,
      );
      bundle.paths = apart.map((points) => rounded(points, faces));
    }
    for (const [j, { wire }] of members.entries()) keep(wire, bundles[i]?.paths[j] ?? '');
  }
  return { routes, found, boxes, bundles };
}
