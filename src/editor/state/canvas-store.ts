import type { Edge, Node } from '@xyflow/react';
import { createStore } from 'zustand/vanilla';
import type { Graph } from '../../core/graph';
import type { Kind } from '../../core/kinds';
import { topologicalOrder } from '../../core/order';
import { outputKind } from '../../core/port-kinds';
import type { Box } from '../document/boxes';
import type { Part } from '../document/parts';
import { reroutesOf } from '../document/reroutes';
import { valueChanges } from '../document/value-changes';
import { wireId } from '../document/wires';
import { registry } from '../registry';
import { canvas } from '../text/canvas';
import { documentStore } from './document-store';

export type CanvasNode = Node<Record<string, never>, 'weft' | 'frame' | 'note' | 'reroute'>;
export type CanvasWire = Edge<{ readonly kind: Kind | undefined; readonly reroutes: readonly string[] }, 'wire'>;

/** What React Flow draws. It follows the document; only selection, measured sizes and a drag in progress are its own. */
interface CanvasState {
  readonly nodes: CanvasNode[];
  readonly edges: CanvasWire[];
}

const data = {};

/** Half of the target around the point of a reroute; pixels. */
export const rerouteRadius = 12;

/** Below all else, also while it is selected, when React Flow lifts what it draws by 1000. */
const under = -2000;

/** What React Flow draws for a part; the same object as long as nothing changed that it has to know. */
function drawn(
  type: NonNullable<CanvasNode['type']>,
  { id, at, size }: Pick<Part, 'id' | 'at' | 'size'>,
  old: CanvasNode | undefined,
): CanvasNode {
  const [x, y] = at;
  const [width, height] = [size?.[0], type === 'weft' ? undefined : size?.[1]];
  const { position, style: before } = old ?? {};
  if (old && position?.x === x && position.y === y && before?.width === width && before?.height === height) return old;
  const style = {
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    // A frame is held by its title; the rest of it is canvas.
    ...(type === 'frame' && { pointerEvents: 'none' as const }),
  };
  if (old) return { ...old, position: { x, y }, style };
  const domAttributes = { 'aria-labelledby': `name-${id}` };
  // What has a size of its own is shown at once; React Flow hides the rest until it has measured it.
  const known = type === 'weft' ? {} : { initialWidth: width ?? 0, initialHeight: height ?? 0 };
  const base = { id, type, position: { x, y }, data, style, domAttributes, ...known };
  return type === 'frame' ? { ...base, zIndex: under, dragHandle: '.frame-handle' } : base;
}

function nodesOf(before: readonly CanvasNode[]): CanvasNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  const { graph, document } = documentStore.getState();
  // In the order of the wires, because Tab goes through the nodes in the order in which they are drawn.
  const { order, cyclic } = topologicalOrder(graph.nodes.keys(), (id) =>
    (graph.into.get(id) ?? []).map(({ from }) => from[0]),
  );
  const nodes = [...order, ...cyclic].flatMap((id) => graph.nodes.get(id) ?? []);
  return [
    ...document.frames.map((frame) => drawn('frame', frame, known.get(frame.id))),
    ...nodes.map((node) => drawn('weft', node, known.get(node.id))),
    ...[...reroutesOf(document).values()].map(({ id, via }) => {
      const [x = 0, y = 0] = via.at(-1) ?? [];
      const size: Part['size'] = [2 * rerouteRadius, 2 * rerouteRadius];
      return drawn('reroute', { id, at: [x - rerouteRadius, y - rerouteRadius], size }, known.get(id));
    }),
    ...(document.notes ?? []).map((note) => drawn('note', note, known.get(note.id))),
  ];
}

const straight: readonly string[] = [];

const titleIn = ({ nodes }: Graph, id: string) => {
  const node = nodes.get(id);
  return node?.title ?? registry.get(node?.type ?? '')?.title ?? id;
};

function wiresOf(graph: Graph, before: readonly CanvasWire[]): CanvasWire[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  const led = new Map<string, string[]>();
  for (const { id, via, to } of reroutesOf(graph.document).values())
    for (const end of to) {
      const ids = led.get(wireId(end)) ?? [];
      ids[via.length - 1] = id;
      led.set(wireId(end), ids);
    }
  return graph.document.wires.map(({ from, to }) => {
    const id = wireId(to);
    const old = known.get(id);
    const reroutes = led.get(id) ?? straight;
    const kind = outputKind(graph, registry, from);
    const ariaLabel = canvas.wireNamed(titleIn(graph, from[0]), titleIn(graph, to[0]));
    const same = old && old.source === from[0] && old.sourceHandle === from[1] && old.data?.kind === kind;
    if (same && old.ariaLabel === ariaLabel && old.data?.reroutes.join() === reroutes.join()) return old;
    return {
      id,
      type: 'wire',
      source: from[0],
      sourceHandle: from[1],
      target: to[0],
      targetHandle: to[1],
      selected: old?.selected ?? false,
      ariaLabel,
      data: { kind, reroutes },
    };
  });
}

/** The list as it was where nothing in it is another, so that nothing is drawn again. */
const kept = <T>(list: T[], before: T[]): T[] =>
  list.length === before.length && list.every((one, i) => one === before[i]) ? before : list;

export const canvasStore = createStore<CanvasState>(() => ({ nodes: [], edges: [] }));

documentStore.subscribe(({ document, graph }, before) => {
  const { nodes, wires, frames, notes } = before.document;
  if (document.nodes === nodes && document.wires === wires && document.frames === frames && document.notes === notes)
    return;
  // What is typed changes nothing that is drawn here, unless the kind of a wire depends on it.
  const values = valueChanges(before.document, document);
  const drawnSame = (id: string) =>
    graph.nodes.get(id)?.at === before.graph.nodes.get(id)?.at &&
    !registry.get(graph.nodes.get(id)?.type ?? '')?.varies;
  if (values?.every(drawnSame)) return;
  // Nodes of another graph have nothing in common with these, even under the same ids.
  const other = document.id !== before.document.id;
  canvasStore.setState((state) => ({
    nodes: kept(nodesOf(other ? [] : state.nodes), state.nodes),
    edges: kept(wiresOf(graph, other ? [] : state.edges), state.edges),
  }));
});

/** Ids of the selected nodes, frames and notes. */
export const selectedParts = (): string[] =>
  canvasStore.getState().nodes.flatMap(({ id, type, selected }) => (selected && type !== 'reroute' ? [id] : []));

export const selectedReroutes = (): string[] =>
  canvasStore.getState().nodes.flatMap(({ id, type, selected }) => (selected && type === 'reroute' ? [id] : []));

/** Ids of the selected nodes. */
export const selectedNodes = (): string[] =>
  canvasStore.getState().nodes.flatMap(({ id, type, selected }) => (selected && type === 'weft' ? [id] : []));

export const boxOf = ({ position: { x, y }, measured }: CanvasNode): Box => ({
  x,
  y,
  width: measured?.width ?? 0,
  height: measured?.height ?? 0,
});

/** Where parts lie, by id. */
export const boxesOf = (ids: Iterable<string>): Map<string, Box> => {
  const chosen = new Set(ids);
  return new Map(canvasStore.getState().nodes.flatMap((node) => (chosen.has(node.id) ? [[node.id, boxOf(node)]] : [])));
};

export const selectedWires = (): string[] =>
  canvasStore.getState().edges.flatMap(({ id, selected }) => (selected ? [id] : []));

/** Selects these nodes and nothing else. */
export function selectNodes(ids: Iterable<string>) {
  const chosen = new Set(ids);
  canvasStore.setState(({ nodes, edges }) => ({
    nodes: nodes.map((node) =>
      !!node.selected === chosen.has(node.id) ? node : { ...node, selected: chosen.has(node.id) },
    ),
    edges: edges.map((edge) => (edge.selected ? { ...edge, selected: false } : edge)),
  }));
}

/** Selects this wire and nothing else. */
export function selectWire(id: string) {
  selectNodes([]);
  canvasStore.setState(({ edges }) => ({
    edges: edges.map((edge) => (edge.id === id ? { ...edge, selected: true } : edge)),
  }));
}
