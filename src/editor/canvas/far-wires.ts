import type { ReactFlowState } from '@xyflow/react';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Point } from '../document/nodes';
import { type CanvasNode, type CanvasWire, canvasStore } from '../state/canvas-store';
import { routeStore } from '../wires/route-store';

/**
 * Which wires of a large graph are drawn together, as one line for each kind: elements of their own cost at each step of the view,
 * seen or not. Drawn by itself is what is near the view, is selected or led through points, and what ends at a node that is drawn
 * whole; so whoever looks for a wire at a socket or under the pointer finds it.
 */

interface FarWire {
  readonly wire: CanvasWire;
  /** Its line as it was drawn by itself, as an SVG path. */
  readonly path: string;
  /** Where its ends and its way were then. */
  readonly from: Point;
  readonly to: Point;
  readonly route: unknown;
}

type FarWires = ReadonlyMap<string, FarWire>;

const none: FarWires = new Map();
export const farStore = createStore<{ readonly wires: FarWires }>(() => ({ wires: none }));

/** Up to how far from the view a wire is drawn by itself, and from where on it no longer is, in widths and heights of the view. */
const [drawn, kept] = [0.5, 0.8];

/** By how many pixels of the graph a wire may leave the box around its two nodes. */
const slack = 300;

/** Wires of which so many are drawn by themselves again at once. */
const batch = 24;

const setFar = (wires: FarWires) => farStore.setState({ wires: wires.size === 0 ? none : wires });

const keep = (stays: (far: FarWire, id: string) => boolean) => {
  const { wires } = farStore.getState();
  const left = [...wires].filter(([id, far]) => stays(far, id));
  if (left.length < wires.size) setFar(new Map(left));
};

/** The wires that are drawn by themselves. */
export function useNearWires(all: CanvasWire[]): CanvasWire[] {
  const far = useStore(farStore, ({ wires }) => wires);
  return useMemo(() => (far.size === 0 ? all : all.filter(({ id }) => !far.has(id))), [all, far]);
}

/** Draws the wires of a node by themselves. */
export const bringNear = (node: string) => keep(({ wire }) => wire.source !== node && wire.target !== node);

export const bringAllNear = () => setFar(none);

/**
 * Draws what is far from the view together, and what has come near by itself.
 * @param isBox Whether a node is drawn as a box.
 * @returns false if some are left to be drawn by themselves.
 */
export function gatherFarWires(
  {
    transform: [x, y, zoom],
    width,
    height,
    nodeLookup,
  }: Pick<ReactFlowState<CanvasNode>, 'transform' | 'width' | 'height' | 'nodeLookup'>,
  isBox: (node: string) => boolean,
): boolean {
  const before = farStore.getState().wires;
  const { routes } = routeStore.getState();
  const isOut = (a: CanvasNode, b: CanvasNode, reach: number): boolean => {
    const apart = (along: 'x' | 'y', length: 'width' | 'height', start: number, room: number) => {
      const ends = [a, b].flatMap((node) => [
        node.position[along],
        node.position[along] + (node.measured?.[length] ?? 0),
      ]);
      return (
        (Math.max(...ends) + slack) * zoom + start < -reach * room ||
        (Math.min(...ends) - slack) * zoom + start > (1 + reach) * room
      );
    };
    return apart('x', 'width', x, width) || apart('y', 'height', y, height);
  };
  let lines: Map<string | undefined, string | null | undefined> | undefined;
  const lineOf = (id: string) => {
    lines ??= new Map(
      [...document.querySelectorAll<SVGElement>('.react-flow__edge')].map((edge) => [
        edge.dataset.id,
        edge.querySelector('path')?.getAttribute('d'),
      ]),
    );
    return lines.get(id);
  };
  const far = new Map<string, FarWire>();
  let returning = 0;
  let left = false;
  for (const wire of canvasStore.getState().edges) {
    const { id, source, target, selected, data } = wire;
    const [a, b] = [nodeLookup.get(source), nodeLookup.get(target)];
    if (!a || !b || selected || data?.reroutes.length || !isBox(source) || !isBox(target)) continue;
    const known = before.get(id);
    if (!isOut(a, b, known ? drawn : kept)) {
      if (!known || returning++ < batch) continue;
      left = true;
    }
    const path = known?.path ?? lineOf(id);
    const place = ({ position }: CanvasNode): Point => [position.x, position.y];
    if (path) far.set(id, known ?? { wire, path, from: place(a), to: place(b), route: routes.get(id) });
  }
  if (far.size !== before.size || [...far.keys()].some((id) => !before.has(id))) setFar(far);
  return !left;
}

/** Draws a wire by itself as soon as it is another, or runs another way. */
export function watchFarWires(): () => void {
  const ends = [
    canvasStore.subscribe(({ nodes, edges }, before) => {
      if (farStore.getState().wires.size === 0 || (nodes === before.nodes && edges === before.edges)) return;
      const places = new Map(nodes.map(({ id, position }) => [id, position]));
      const isAt = (node: string, [x, y]: Point) => places.get(node)?.x === x && places.get(node)?.y === y;
      const wires = edges === before.edges ? undefined : new Set(edges);
      keep(({ wire, from, to }) => isAt(wire.source, from) && isAt(wire.target, to) && wires?.has(wire) !== false);
    }),
    routeStore.subscribe(({ routes }) => keep(({ route }, id) => routes.get(id) === route)),
  ];
  return () => {
    for (const end of ends) end();
    bringAllNear();
  };
}
