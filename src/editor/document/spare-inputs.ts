import type { AnyNode } from '../../core/define-node';
import { type Graph, portSpec } from '../../core/graph';

/**
 * Inputs that a node keeps out of sight because most graphs leave them alone: those that may stay unwired and are. One
 * alone is shown, since a sign for it would take as much room.
 */
export function spareInputs(graph: Graph, id: string, definition: AnyNode): readonly string[] {
  const wired = new Set(graph.into.get(id)?.map(({ to }) => to[1]));
  for (const port of definition.varies?.needs(graph.nodes.get(id)?.params ?? {}) ?? []) wired.add(port);
  const spare = Object.keys(definition.in).filter((port) => portSpec(definition.in[port]).optional && !wired.has(port));
  return spare.length > 1 ? spare : [];
}
