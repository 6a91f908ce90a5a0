import { useCallback, useSyncExternalStore } from 'react';
import { useShallow } from 'zustand/shallow';
import type { Graph } from '../../core/graph';
import { valueChanges } from '../document/value-changes';
import { registry } from '../registry';
import { documentStore } from './document-store';

/**
 * Who shows something of a node, by its id. A graph has thousands of sockets, fields and names; were each asked at every
 * letter whether it shows something else now, that would take longer than the letter.
 */
const watchers = new Map<string, Set<() => void>>();

const tell = (listeners: Iterable<() => void>) => {
  for (const listener of listeners) listener();
};

/** Whether the kinds of its outputs depend on its parameters: those of nodes behind it may then, too. */
const varies = (graph: Graph, id: string) => registry.get(graph.nodes.get(id)?.type ?? '')?.varies !== undefined;

documentStore.subscribe(({ document, graph }, before) => {
  if (document === before.document) return;
  const changed = valueChanges(before.document, document);
  if (!changed || changed.some((id) => varies(graph, id))) {
    for (const listeners of [...watchers.values()]) tell([...listeners]);
    return;
  }
  // Nodes also show what is at the other end of their wires.
  const ids = new Set(changed);
  for (const id of changed) {
    for (const { from } of graph.into.get(id) ?? []) ids.add(from[0]);
    for (const { to } of graph.outOf.get(id) ?? []) ids.add(to[0]);
  }
  for (const id of ids) tell([...(watchers.get(id) ?? [])]);
});

function watch(id: string, listener: () => void): () => void {
  const listeners = watchers.get(id) ?? new Set();
  watchers.set(id, listeners.add(listener));
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) watchers.delete(id);
  };
}

/**
 * The same as `useDocument`, for what depends on a node and the nodes that it is wired to. It does not hear of the parameters
 * of any others.
 */
export function useNode<T>(id: string, select: (graph: Graph) => T): T {
  const picked = useShallow(select);
  const subscribe = useCallback((listener: () => void) => watch(id, listener), [id]);
  return useSyncExternalStore(subscribe, () => picked(documentStore.getState().graph));
}
