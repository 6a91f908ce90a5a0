import type { Point } from '../document/nodes';
import { evened } from '../layout/evened';
import type { Faces } from './faces';

/** A wire's way: straight pieces across and down in turn, of which the first and the last are held by sockets. */
export interface Led {
  /** Wires of one output share their way as far as they have the same. */
  readonly net: string;
  readonly points: readonly Point[];
}

/** Pieces of one net that lie over each other. */
interface Track {
  readonly net: string;
  readonly at: number;
  /** What it spans, along itself. */
  readonly start: number;
  readonly end: number;
  readonly fixed: boolean;
  /** Where its wires come from and go to: the place along the track, and to which side of it. */
  readonly arms: readonly { readonly at: number; readonly side: number }[];
  readonly pieces: readonly Piece[];
}

interface Piece {
  readonly led: number;
  readonly index: number;
  readonly net: string;
  readonly at: number;
  readonly start: number;
  readonly end: number;
  readonly fixed: boolean;
  readonly arms: Track['arms'];
}

/** Between wires that run beside each other; less where there is no room. Pixels. */
const gaps = [6, 4.5, 3, 2];
const widest = 6;
/** From a face, where there is room, and at least. */
const [beside, touch] = [10, 1];
/** How far a wire runs on from a socket at least. */
const stub = 4;
/** How far away a face can be to be of account. */
const reach = 60;

type Axis = 0 | 1;

/** The pieces that run down (axis 0: they have one x) or across (axis 1). */
function piecesOf(all: readonly (readonly Point[])[], nets: readonly string[], axis: Axis): Piece[] {
  const along = axis === 0 ? 1 : 0;
  return all.flatMap((points, led) =>
    points.flatMap((a, index): Piece[] => {
      const b = points[index + 1];
      if (!b || a[axis] !== b[axis] || a[along] === b[along]) return [];
      const arms = (
        [
          [points[index - 1], a],
          [points[index + 2], b],
        ] as const
      ).flatMap(([other, corner]) =>
        other ? [{ at: corner[along], side: Math.sign(other[axis] - corner[axis]) }] : [],
      );
      const fixed = index === 0 || index === points.length - 2;
      const [start, end] = [Math.min(a[along], b[along]), Math.max(a[along], b[along])];
      return [{ led, index, net: nets[led] ?? '', at: a[axis], start, end, fixed, arms }];
    }),
  );
}

/** Puts pieces of one net together that lie over each other. */
function tracksOf(pieces: readonly Piece[]): Track[] {
  const sorted = [...pieces].sort(
    (a, b) => a.at - b.at || (a.net < b.net ? -1 : a.net > b.net ? 1 : 0) || a.start - b.start || a.led - b.led,
  );
  const groups: Piece[][] = [];
  let end = 0;
  for (const piece of sorted) {
    const last = groups.at(-1);
    const [first] = last ?? [];
    if (last && first?.at === piece.at && first.net === piece.net && piece.start <= end) last.push(piece);
    else groups.push([piece]);
    end = groups.at(-1)?.length === 1 ? piece.end : Math.max(end, piece.end);
  }
  return groups.map((group) => {
    const [first] = group;
    return {
      net: first?.net ?? '',
      at: first?.at ?? 0,
      start: Math.min(...group.map(({ start }) => start)),
      end: Math.max(...group.map(({ end }) => end)),
      fixed: group.some(({ fixed }) => fixed),
      arms: group.flatMap(({ arms }) => arms),
      pieces: group,
    };
  });
}

/** How often two tracks would cross each other's wires, if the first were before the second. */
function crossings(first: Track, second: Track): number {
  let count = 0;
  for (const { at, side } of first.arms) if (side > 0 && at > second.start && at < second.end) count++;
  for (const { at, side } of second.arms) if (side < 0 && at > first.start && at < first.end) count++;
  return count;
}

const isBeside = (a: Track, b: Track) => a.start < b.end + widest && b.start < a.end + widest;

/** Tracks that come too near to each other. */
function clustersOf(tracks: readonly Track[]): Track[][] {
  const sorted = [...tracks].sort((a, b) => a.at - b.at);
  const leader = sorted.map((_, i) => i);
  const find = (i: number): number => {
    const up = leader[i] ?? i;
    return up === i ? i : find(up);
  };
  for (const [i, a] of sorted.entries())
    for (let j = i + 1; j < sorted.length; j++) {
      const b = sorted[j];
      if (!b || b.at - a.at > widest + 0.5) break;
      if (isBeside(a, b) && a.net !== b.net) leader[find(j)] = find(i);
    }
  const clusters = new Map<number, Track[]>();
  for (const [i, track] of sorted.entries()) {
    const cluster = clusters.get(find(i));
    if (cluster) cluster.push(track);
    else clusters.set(find(i), [track]);
  }
  return [...clusters.values()];
}

/** Sorts a cluster so that its wires cross little: each goes as far to the front as that saves crossings. */
function ordered(cluster: readonly Track[]): Track[] {
  const order: Track[] = [];
  for (const track of cluster) {
    let [best, place, saved] = [0, order.length, 0];
    for (let i = order.length - 1; i >= 0; i--) {
      const other = order[i];
      if (!other) continue;
      saved += crossings(other, track) - crossings(track, other);
      if (saved > best) [best, place] = [saved, i];
    }
    order.splice(place, 0, track);
  }
  return order;
}

/** Where the tracks of a cluster run, in their order; undefined where there is no room for them beside each other. */
function spread(order: readonly Track[], boundsOf: Bounds): number[] | undefined {
  const bounds = order.map(boundsOf);
  const lows = bounds.map(([low]) => low);
  const highs = bounds.map(([, high]) => high);
  const wishes = order.map(({ at, fixed }, i) => {
    if (fixed) return { at, weight: 1e6 };
    const [low, high] = bounds[i] ?? [at, at];
    const inner = Math.min(beside, (high - low) / 2);
    return { at: Math.min(Math.max(at, low + inner), high - inner), weight: 1 };
  });
  for (const gap of gaps) {
    const places = evened(
      wishes,
      order.map(() => gap),
    );
    for (let i = 0; i < places.length; i++)
      places[i] = Math.max(places[i] ?? 0, lows[i] ?? 0, (places[i - 1] ?? -Infinity) + gap);
    for (let i = places.length - 1; i >= 0; i--)
      places[i] = Math.min(places[i] ?? 0, highs[i] ?? 0, (places[i + 1] ?? Infinity) - gap);
    if (places.every((place, i) => place >= (lows[i] ?? 0) - 0.01)) return places;
  }
  return undefined;
}

type Bounds = (track: Track) => readonly [low: number, high: number];

/** How far tracks can be moved before they come upon a face, or their wires upon a socket. */
function boundsIn(faces: Faces, all: readonly (readonly Point[])[], axis: Axis): Bounds {
  return ({ at, start, end, fixed, pieces }) => {
    if (fixed) return [at, at];
    let [low, high] = [at - reach, at + reach];
    const near =
      axis === 0
        ? faces.over(low, start - touch, high, end + touch)
        : faces.over(start - touch, low, end + touch, high);
    for (const { x, y, width, height } of near) {
      const [before, behind] = axis === 0 ? [x, x + width] : [y, y + height];
      if (behind <= at) low = Math.max(low, behind + touch);
      else if (before >= at) high = Math.min(high, before - touch);
    }
    if (axis === 0)
      for (const { led, index } of pieces) {
        const points = all[led] ?? [];
        if (index === 1) low = Math.max(low, (points[0]?.[0] ?? 0) + stub);
        if (index === points.length - 3) high = Math.min(high, (points.at(-1)?.[0] ?? 0) - stub);
      }
    return [Math.min(low, at), Math.max(high, at)];
  };
}

/** Whether a way still goes as it went, piece by piece, and across no face. */
function isSound(now: readonly Point[], before: readonly Point[], faces: Faces): boolean {
  return now.every((a, i) => {
    const [b, from, to] = [now[i + 1], before[i], before[i + 1]];
    if (!b || !from || !to) return true;
    for (const axis of [0, 1] as const)
      if (Math.sign(b[axis] - a[axis]) !== Math.sign(to[axis] - from[axis])) return false;
    if (i === 0 || i === now.length - 2) return true;
    const near = touch / 2;
    return (
      faces.over(
        Math.min(a[0], b[0]) - near,
        Math.min(a[1], b[1]) - near,
        Math.max(a[0], b[0]) + near,
        Math.max(a[1], b[1]) + near,
      ).length === 0
    );
  });
}

const rounds = 3;

/** Moves wires that run in one gutter a few pixels apart, in the order in which they cross each other least. */
export function setApart(wires: readonly Led[], faces: Faces): (readonly Point[])[] {
  const nets = wires.map(({ net }) => net);
  const all: (readonly Point[])[] = wires.map(({ points }) => points);
  let isMoved = true;
  for (let round = 0; round < rounds && isMoved; round++) {
    isMoved = false;
    for (const axis of [0, 1] as const) {
      const bounds = boundsIn(faces, all, axis);
      const moved = new Map<number, [number, number][]>();
      for (const cluster of clustersOf(tracksOf(piecesOf(all, nets, axis)))) {
        // What is alone is brought off the faces beside it, and then stays.
        if (cluster.length === 1 && (round > 0 || cluster[0]?.fixed)) continue;
        const order = ordered(cluster);
        const places = spread(order, bounds);
        for (const [i, { at, pieces, fixed }] of order.entries()) {
          const place = places?.[i];
          if (fixed || place === undefined || Math.abs(place - at) < 0.01) continue;
          for (const { led, index } of pieces) {
            const points = moved.get(led) ?? (all[led] ?? []).map(([x, y]): [number, number] => [x, y]);
            moved.set(led, points);
            for (const point of points.slice(index, index + 2)) point[axis] = place;
          }
        }
      }
      for (const [i, points] of moved)
        if (isSound(points, all[i] ?? [], faces)) {
          all[i] = points;
          isMoved = true;
        }
    }
  }
  return all;
}
