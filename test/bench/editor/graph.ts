import template from '../../../graphs/text-to-image.weft.json?raw';
import { type Document, parseDocument } from '../../../src/core/document';

/** Pixels of the graph from one copy to the next, and to the edge of the window. */
const step = { x: 1300, y: 900 } as const;
const copiesInRow = 9;
export const margin = 60;

/** So many nodes: copies of the first template side by side, with their wires and zones. */
export function largeGraph(count: number): Document {
  const one = parseDocument(template);
  const copies = Array.from({ length: Math.ceil(count / one.nodes.length) }, (_, i) => ({
    id: (name: string) => `${name}-${i}`,
    x: step.x * (i % copiesInRow),
    y: step.y * Math.floor(i / copiesInRow),
  }));
  const nodes = copies
    .flatMap(({ id, x, y }) =>
      one.nodes.map((node) => ({
        ...node,
        id: id(node.id),
        at: [node.at[0] + x, node.at[1] + y] as [number, number],
      })),
    )
    .slice(0, count);
  const there = new Set(nodes.map(({ id }) => id));
  const wires = copies.flatMap(({ id }) =>
    one.wires.map(({ from, to }) => ({
      from: [id(from[0]), from[1]] as [string, string],
      to: [id(to[0]), to[1]] as [string, string],
    })),
  );
  const zones = copies.flatMap((copy) =>
    one.zones.map(({ id, start, end }) => ({ id: copy.id(id), start: copy.id(start), end: copy.id(end) })),
  );
  return {
    ...one,
    id: `bench-${count}`,
    name: `${count} nodes`,
    nodes,
    wires: wires.filter(({ from, to }) => there.has(from[0]) && there.has(to[0])),
    zones: zones.filter(({ start, end }) => there.has(start) && there.has(end)),
  };
}
