type Point = readonly [x: number, y: number];

/** How far a wire runs straight on at an end before it turns. Backwards it bows out. */
const reach = ([ax, ay]: Point, [bx, by]: Point): number => {
  const ahead = bx - ax;
  return ahead >= 0 ? Math.max(Math.min(24, Math.hypot(ahead, by - ay) / 2), ahead / 2) : Math.min(160, 24 - ahead / 2);
};

/** The curve of a wire with no points between: where it begins, its two handles, where it ends. */
export function usualCurve(from: Point, to: Point): readonly [Point, Point, Point, Point] {
  const far = reach(from, to);
  return [from, [from[0] + far, from[1]], [to[0] - far, to[1]], to];
}

/**
 * The line of a wire as an SVG path: it leaves the first point to the right, goes through those between in the direction
 * from the one before to the one after, and arrives at the last from the left.
 */
export function wirePath(points: readonly Point[]): string {
  const direction = (index: number): Point => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (!before || !after) return [1, 0];
    const length = Math.hypot(after[0] - before[0], after[1] - before[1]) || 1;
    return [(after[0] - before[0]) / length, (after[1] - before[1]) / length];
  };
  const [first] = points;
  let path = first ? `M${first[0]} ${first[1]}` : '';
  points.slice(1).forEach((to, index) => {
    const from = points[index] ?? to;
    const far = points.length === 2 ? reach(from, to) : Math.hypot(to[0] - from[0], to[1] - from[1]) * 0.36;
    const [out, into] = [direction(index), direction(index + 1)];
    const turns = [from[0] + out[0] * far, from[1] + out[1] * far, to[0] - into[0] * far, to[1] - into[1] * far];
    path += `C${turns.join(' ')} ${to[0]} ${to[1]}`;
  });
  return path;
}
