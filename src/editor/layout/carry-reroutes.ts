import type { Document } from '../../core/document';
import type { Box } from '../document/boxes';
import type { Point } from '../document/nodes';
import { reroutesOf } from '../document/reroutes';

/**
 * Where reroutes come to lie when nodes are moved to `at`: each goes along with both ends of its wires, the more with the nearer one.
 * Of several inputs it follows the middle.
 */
export function carriedReroutes(
  document: Document,
  boxes: ReadonlyMap<string, Box>,
  at: ReadonlyMap<string, Point>,
): Map<string, Point> {
  const moved = (ids: readonly string[]) => {
    const known = ids.flatMap((id) => {
      const box = boxes.get(id);
      return box ? [{ box, to: at.get(id) ?? [box.x, box.y] }] : [];
    });
    const mean = (of: (one: (typeof known)[number]) => number) =>
      known.reduce((sum, one) => sum + of(one), 0) / Math.max(1, known.length);
    return {
      x: mean(({ box }) => box.x + box.width / 2),
      right: mean(({ box, to: [x] }) => (x ?? box.x) - box.x),
      down: mean(({ box, to }) => (to[1] ?? box.y) - box.y),
    };
  };
  return new Map(
    [...reroutesOf(document).values()].flatMap(({ id, from, to, via }): [string, Point][] => {
      const point = via.at(-1);
      if (!point) return [];
      const [source, target] = [moved([from[0]]), moved(to.map(([node]) => node))];
      const span = target.x - source.x;
      const share = span === 0 ? 0.5 : Math.min(1, Math.max(0, (point[0] - source.x) / span));
      const mix = (a: number, b: number) => a + share * (b - a);
      return [[id, [point[0] + mix(source.right, target.right), point[1] + mix(source.down, target.down)]]];
    }),
  );
}
