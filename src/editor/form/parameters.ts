import type { Graph, Registry } from '../../core/graph';
import { type Parameter, parametersOf } from '../../core/parameters';

/** What of a node stands in the form of its graph. */
export interface FormPart {
  readonly id: string;
  readonly title: string;
  readonly parameters: readonly Parameter[];
}

/** What most people change first, where nobody said what the form has. */
const usual: ReadonlySet<Parameter['widget']> = new Set(['lines', 'seed', 'file', 'painting']);

/**
 * The parameters that stand for the graph, in the order of its nodes: those that are shown as sockets, or else its words,
 * seeds and files. What arrives by a wire is no matter of a form.
 */
export function formOf(graph: Graph, registry: Registry): readonly FormPart[] {
  const { nodes } = graph.document;
  const pinned = nodes.some(({ exposed }) => exposed?.length);
  return nodes.flatMap((node): FormPart[] => {
    const definition = registry.get(node.type);
    if (!definition || node.muted || node.bypassed) return [];
    const wired = new Set(graph.into.get(node.id)?.map(({ to }) => to[1]));
    const parameters = parametersOf(definition).filter(
      ({ name, widget, advanced }) =>
        !wired.has(name) && (pinned ? node.exposed?.includes(name) : usual.has(widget) && !advanced),
    );
    return parameters.length ? [{ id: node.id, title: node.title ?? definition.title, parameters }] : [];
  });
}
