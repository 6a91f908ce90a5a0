import type { Document } from '../../core/document';
import { type Registry, upstream } from '../../core/graph';
import { activeGraph, isInactive } from '../../engine/active';
import { expandSubgraphs } from '../../engine/expand';
import { staleNodes } from '../document/stale';
import type { RunState } from '../state/run-store';

/** The graph with which a node was last computed, by the node as the engine calls it. */
export type Learned = ReadonlyMap<string, Document>;

/** `learned`, after a run: with what took part in it and is through. */
export function withRun(learned: Learned, { ran, planned, nodes }: RunState): Learned {
  const through = planned.filter((id) => nodes[id]?.state === 'done');
  return ran && through.length ? new Map([...learned, ...through.map((id) => [id, ran] as const)]) : learned;
}

/** Those of `targets` for which something would have to learn first, which takes minutes. */
export function behindLessons(
  document: Document,
  definitions: Registry,
  targets: readonly string[],
  learned: Learned,
): readonly string[] {
  const { document: flat, registry } = expandSubgraphs(document, definitions);
  const due = (id: string): boolean => {
    const before = learned.get(id);
    return !before || staleNodes(before, document).has(id.split('/')[0] ?? id);
  };
  const learners = flat.nodes.filter((node) => registry.get(node.type)?.learns && !isInactive(node));
  const waiting = new Set(learners.map(({ id }) => id).filter(due));
  if (waiting.size === 0) return [];
  const { graph } = activeGraph(flat, registry);
  return targets.filter((target) => [...upstream(graph, [target])].some((id) => waiting.has(id)));
}
