import { useStore } from 'zustand';
import { useShallow } from 'zustand/shallow';
import { downstream, type Graph } from '../../core/graph';
import type { Picture } from '../../engine/events';
import { documentStore } from '../state/document-store';
import { scrubStore } from './scrub-store';

const behind = new WeakMap<Graph, Map<string, ReadonlySet<string>>>();

/** Nodes of the graph that is shown which depend on one of it. */
function nodesBehind(graph: Graph, id: string): ReadonlySet<string> {
  const known = behind.get(graph) ?? new Map<string, ReadonlySet<string>>();
  behind.set(graph, known);
  const found = known.get(id) ?? downstream(graph, [id]);
  known.set(id, found);
  return found;
}

/** The newest picture of the zone that runs before a node, and how many steps it made. */
export const useLive = (id: string | undefined): { readonly picture: Picture | undefined; readonly step: number } =>
  useStore(
    scrubStore,
    useShallow(({ live }) => {
      const { history, path, graph } = documentStore.getState();
      const inside = live?.zone.split('/') ?? [];
      const shown = live?.graph === history.document.id && path.every((part, i) => part === inside[i]);
      const end = shown ? inside[path.length] : undefined;
      if (!live || id === undefined || end === undefined || !nodesBehind(graph, end).has(id))
        return { picture: undefined, step: 0 };
      return { picture: live.frames.at(-1), step: live.frames.length };
    }),
  );
