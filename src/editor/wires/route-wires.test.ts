import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Point } from '../document/nodes';
import type { Face } from './faces';
import { type Ground, routeWires, type WireEnds } from './route-wires';

/** Half of the lattice that nodes lie on: between two that do not touch there is a point of it. */
const step = 4;

const lattice = (most: number) => fc.integer({ min: 0, max: most }).map((value) => value * 2 * step);

const overlap = (a: Face, b: Face) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Nodes beside each other, and wires between sockets on their right and left edges. */
const grounds: fc.Arbitrary<Ground> = fc
  .record({
    boxes: fc.array(
      fc.tuple(lattice(60), lattice(40), lattice(12), lattice(14)).map(([x, y, width, height]) => ({
        x,
        y,
        width: width + 48,
        height: height + 32,
      })),
      { minLength: 2, maxLength: 14 },
    ),
    ends: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 12 }),
    zones: fc.array(fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), { maxLength: 2 }),
  })
  .map(({ boxes, ends, zones }) => {
    const faces: Face[] = [];
    for (const box of boxes) {
      const face = { ...box, id: `node-${faces.length}` };
      if (!faces.some((other) => overlap(face, other))) faces.push(face);
    }
    const of = (i: number) => faces[i % faces.length] as Face;
    const wires = ends.map(([a, b, out, into], i): WireEnds => {
      const [source, target] = [of(a), of(b)];
      const from: Point = [source.x + source.width, source.y + step + 2 * step * out];
      const to: Point = [target.x, target.y + step + 2 * step * into];
      return { id: `wire-${i}`, from, to, source: source.id, target: target.id, net: `${source.id} ${out}` };
    });
    return {
      wires,
      faces,
      zones: zones.map((members, i) => {
        const inside = members.map(of);
        const [x, y] = [Math.min(...inside.map((face) => face.x)) - 16, Math.min(...inside.map((face) => face.y)) - 36];
        const right = Math.max(...inside.map((face) => face.x + face.width));
        const bottom = Math.max(...inside.map((face) => face.y + face.height));
        const box = { x, y, width: right + 16 - x, height: bottom + 16 - y };
        return { ...box, id: `zone-${i}`, members: new Set(inside.map(({ id }) => id)) };
      }),
    };
  });

/** Points along a path of an SVG, a few pixels apart. */
function pointsOn(path: string): Point[] {
  const points: Point[] = [];
  for (const [, letter = '', numbers = ''] of path.matchAll(/([MLQC])([^MLQC]*)/g)) {
    const values = numbers.trim().split(/\s+/).map(Number);
    const given = values.flatMap((x, i): Point[] => (i % 2 ? [] : [[x, values[i + 1] ?? 0]]));
    const [first] = points.slice(-1);
    const hull = first ? [first, ...given] : given;
    if (letter === 'M') points.push(...given);
    else
      for (let i = 1; i <= 60; i++) {
        // De Casteljau's way works for lines and curves of any degree.
        let now: readonly Point[] = hull;
        while (now.length > 1)
          now = now.slice(1).map(([x, y], j): Point => {
            const [ax, ay] = now[j] ?? [x, y];
            return [ax + ((x - ax) * i) / 60, ay + ((y - ay) * i) / 60];
          });
        points.push(...now);
      }
  }
  return points;
}

const isIn = ([x, y]: Point, face: Face, by = 0) =>
  x > face.x + by && x < face.x + face.width - by && y > face.y + by && y < face.y + face.height - by;

/** The curve of a wire that is not routed, as React Flow's readers know it. */
const plain = ({ from, to }: WireEnds): string => {
  const ahead = to[0] - from[0];
  const far =
    ahead >= 0
      ? Math.max(Math.min(24, Math.hypot(ahead, to[1] - from[1]) / 2), ahead / 2)
      : Math.min(160, 24 - ahead / 2);
  return `M${from.join(' ')}C${from[0] + far} ${from[1]} ${to[0] - far} ${to[1]} ${to.join(' ')}`;
};

/** Whether any way goes from socket to socket: a search over all points of the lattice, which knows nothing of ways. */
function isReachable({ from, to }: WireEnds, faces: readonly Face[]): boolean {
  const free = (x: number, y: number) =>
    !faces.some((face) => x >= face.x && x <= face.x + face.width && y >= face.y && y <= face.y + face.height);
  const start: Point = [from[0] + step, from[1]];
  const goal = `${to[0] - step} ${to[1]}`;
  if (!free(...start)) return false;
  const seen = new Set([start.join(' ')]);
  const open = [start];
  for (let point = open.pop(); point; point = open.pop()) {
    const [x, y] = point;
    for (const [right, down] of [
      [step, 0],
      [-step, 0],
      [0, step],
      [0, -step],
    ] as const) {
      const next: Point = [x + right, y + down];
      const name = next.join(' ');
      if (seen.has(name) || !free(...next)) continue;
      if (next[0] < -64 || next[0] > 800 || next[1] < -64 || next[1] > 640) continue;
      seen.add(name);
      open.push(next);
    }
  }
  return seen.has(goal);
}

it('leads no wire across the face of a node as long as there is a way around it', () => {
  let around = 0;
  fc.assert(
    fc.property(grounds, (ground) => {
      const { routes } = routeWires(ground);
      for (const wire of ground.wires) {
        const route = routes.get(wire.id);
        if (route) around++;
        const points = pointsOn(route?.path ?? plain(wire));
        const crossed = ground.faces.filter((face) => {
          const own = face.id === wire.source || face.id === wire.target;
          return points.some((point) => isIn(point, face, own && !route ? 8 : 0.02));
        });
        if (crossed.length > 0) {
          expect(route, `${wire.id} runs across ${crossed[0]?.id}`).toBeUndefined();
          expect(isReachable(wire, ground.faces), `${wire.id} has a way`).toBe(false);
        }
      }
    }),
    { numRuns: 150 },
  );
  expect(around).toBeGreaterThan(150);
});

it('begins every way at its socket to the right and ends it at the other from the left', () => {
  fc.assert(
    fc.property(grounds, (ground) => {
      const { routes } = routeWires(ground);
      for (const wire of ground.wires) {
        const points = pointsOn(routes.get(wire.id)?.path ?? plain(wire));
        const [first, second] = points;
        const [before, last] = points.slice(-2);
        expect(first).toEqual(wire.from);
        expect(last?.map((value) => Math.round(value * 1e6) / 1e6)).toEqual(wire.to);
        if (!routes.has(wire.id)) continue;
        expect(second?.[0]).toBeGreaterThan(wire.from[0]);
        expect(second?.[1]).toBeCloseTo(wire.from[1], 0);
        expect(before?.[0]).toBeLessThan(wire.to[0]);
        expect(before?.[1]).toBeCloseTo(wire.to[1], 0);
      }
    }),
    { numRuns: 100 },
  );
});

it('finds the same ways whatever was there before', () => {
  fc.assert(
    fc.property(grounds, fc.array(fc.tuple(fc.nat(), lattice(60), lattice(40)), { maxLength: 3 }), (ground, moves) => {
      let routed = routeWires(ground);
      let faces = ground.faces;
      for (const [which, x, y] of moves) {
        const moved = faces[which % faces.length] as Face;
        faces = faces.map((face) => (face === moved ? { ...face, x, y } : face));
        const by = [x - moved.x, y - moved.y] as const;
        const carried = (point: Point, isMoved: boolean): Point =>
          isMoved ? [point[0] + by[0], point[1] + by[1]] : point;
        const wires = ground.wires.map((wire) => ({
          ...wire,
          from: carried(wire.from, wire.source === moved.id),
          to: carried(wire.to, wire.target === moved.id),
        }));
        const now = { ...ground, wires, faces };
        routed = routeWires(now, routed);
        expect(routed.routes).toEqual(routeWires(now).routes);
        ground = now;
      }
    }),
    { numRuns: 100 },
  );
});

it('sets wires of different outputs apart that share a gutter, and keeps those of one output together', () => {
  const box = (id: string, x: number, y: number, width: number, height: number): Face => ({ id, x, y, width, height });
  const faces = [box('a', 0, 0, 100, 200), box('wall', 160, -200, 100, 600), box('b', 320, 0, 100, 200)];
  const wire = (out: number, into: number): WireEnds => ({
    id: `${out} ${into}`,
    from: [100, 40 + 20 * out],
    to: [320, 40 + 20 * into],
    source: 'a',
    target: 'b',
    net: `a ${out}`,
  });
  const wires = [wire(0, 0), wire(1, 1), wire(2, 2), wire(2, 3)];
  const { routes } = routeWires({ wires, faces, zones: [] });
  /** Where a wire runs down in the gutter before the wall. */
  const down = wires.map(({ id }) =>
    pointsOn(routes.get(id)?.path ?? '')
      .filter(([x, y]) => x < 160 && (y < -20 || y > 220))
      .map(([x]) => Math.round(x)),
  );
  const [first = 0, second = 0, third = 0, fourth = 0] = down.map((xs) => xs[Math.floor(xs.length / 2)] ?? 0);
  const [low, middle, high] = [first, second, third].sort((a, b) => a - b);
  expect((middle ?? 0) - (low ?? 0)).toBeGreaterThanOrEqual(2);
  expect((high ?? 0) - (middle ?? 0)).toBeGreaterThanOrEqual(2);
  expect(fourth).toBe(third);
});
