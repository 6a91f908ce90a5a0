import { borderOf, subgraphOf } from '../../core/subgraph';
import { focusNode } from '../keyboard/focus';
import { selectNodes } from '../state/canvas-store';
import { documentStore, showInside } from '../state/document-store';

/** Whether a node that is shown stands for a subgraph. */
export function isInstance(id: string): boolean {
  const { document, graph } = documentStore.getState();
  return subgraphOf(document, graph.nodes.get(id)?.type ?? '') !== undefined;
}

/** Shows the inside of an instance. */
export function openInside(id: string) {
  const { path } = documentStore.getState();
  showInside([...path, id]);
  selectNodes([]);
  const { nodes } = documentStore.getState().document;
  focusNode(borderOf({ nodes }).inputs);
}

/** Goes back out, to the instance that was opened at a depth: 0 shows the graph itself. */
export function leaveTo(depth: number) {
  const instance = documentStore.getState().path[depth];
  if (instance === undefined) return;
  showInside(documentStore.getState().path.slice(0, depth));
  selectNodes([instance]);
  focusNode(instance);
}
