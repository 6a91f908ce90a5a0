import type { Edge, Node } from '@xyflow/react';
import { createStore } from 'zustand/vanilla';
import type { Document } from '../../core/document';
import { outputSpec } from '../../core/graph';
import type { Kind } from '../../core/kinds';
import { topologicalOrder } from '../../core/order';
import { wireId } from '../document/wires';
import { registry } from '../registry';
import { documentStore } from './document-store';

export type CanvasNode = Node<Record<string, never>, 'weft'>;
export type CanvasWire = Edge<{ readonly kind: Kind | undefined }, 'wire'>;

/** What React Flow draws. It follows the document; only selection, measured sizes and a drag in progress are its own. */
interface CanvasState {
  readonly nodes: CanvasNode[];
  readonly edges: CanvasWire[];
}

const data = {};

function nodesOf(before: readonly CanvasNode[]): CanvasNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  const { graph } = documentStore.getState();
  // In the order of the wires, because Tab goes through the nodes in the order in which they are drawn.
  const { order, cyclic } = topologicalOrder(graph.nodes.keys(), (id) =>
    (graph.into.get(id) ?? []).map(({ from }) => from[0]),
  );
  return [...order, ...cyclic].flatMap((id) => {
    const node = graph.nodes.get(id);
    if (!node) return [];
    const { at, size } = node;
    const old = known.get(id);
    const [x, y] = at;
    if (old && old.position.x === x && old.position.y === y && old.style?.width === size?.[0]) return old;
    const style = size ? { width: size[0] } : {};
    if (old) return { ...old, position: { x, y }, style };
    return { id, type: 'weft', position: { x, y }, data, style, domAttributes: { 'aria-labelledby': `name-${id}` } };
  });
}

function wiresOf(document: Document, before: readonly CanvasWire[]): CanvasWire[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  const types = new Map(document.nodes.map(({ id, type }) => [id, type]));
  return document.wires.map(({ from, to }) => {
    const id = wireId(to);
    const old = known.get(id);
    if (old && old.source === from[0] && old.sourceHandle === from[1]) return old;
    const definition = registry.get(types.get(from[0]) ?? '');
    const kind = definition && outputSpec(definition, from[1])?.kind;
    return {
      id,
      type: 'wire',
      source: from[0],
      sourceHandle: from[1],
      target: to[0],
      targetHandle: to[1],
      selected: old?.selected ?? false,
      data: { kind },
    };
  });
}

export const canvasStore = createStore<CanvasState>(() => ({ nodes: [], edges: [] }));

documentStore.subscribe(({ document }, before) => {
  if (document.nodes === before.document.nodes && document.wires === before.document.wires) return;
  canvasStore.setState(({ nodes, edges }) => ({ nodes: nodesOf(nodes), edges: wiresOf(document, edges) }));
});

/** Ids of the selected nodes. */
export const selectedNodes = (): string[] =>
  canvasStore.getState().nodes.flatMap(({ id, selected }) => (selected ? [id] : []));

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
