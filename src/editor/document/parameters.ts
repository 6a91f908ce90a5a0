import type { AnyNode } from '../../core/define-node';
import type { DocumentNode } from '../../core/document';
import type { Graph } from '../../core/graph';
import { type Parameter, parametersOf } from '../../core/parameters';
import { nodeOf, type Recipe } from './recipe';

type Json = DocumentNode['params'][string];

const touched = (graph: Graph, id: string, { name, default: initial }: Parameter): boolean => {
  const node = graph.nodes.get(id);
  return (
    (node?.params[name] ?? initial) !== initial ||
    !!node?.exposed?.includes(name) ||
    !!graph.into.get(id)?.some(({ to }) => to[1] === name)
  );
};

/**
 * The parameters that count for the node as it is set: an option of one sampler is left out where another is chosen. What
 * chooses may arrive by wire; then everything counts.
 */
export function countingParameters(graph: Graph, id: string, definition: AnyNode): readonly Parameter[] {
  const all = parametersOf(definition);
  const chosen = (name: string) =>
    graph.into.get(id)?.some(({ to }) => to[1] === name)
      ? undefined
      : (graph.nodes.get(id)?.params[name] ?? all.find((parameter) => parameter.name === name)?.default);
  const applies = (parameter: Parameter) =>
    Object.entries(parameter.applies ?? {}).every(([name, values]) => {
      const value = chosen(name);
      return value === undefined || values.includes(String(value));
    });
  return all.filter((parameter) => applies(parameter) || touched(graph, id, parameter));
}

/** What a node shows of its parameters: advanced ones only where they are changed, wired or sockets. */
export const facingParameters = (graph: Graph, id: string, definition: AnyNode): readonly Parameter[] =>
  parametersOf(definition).filter((parameter) => !parameter.advanced || touched(graph, id, parameter));

/** Whether a wire can bring a parameter's value. No kind is that of a file. */
export const canBeSocket = ({ fixed, widget }: Parameter): boolean =>
  !fixed && widget !== 'model' && widget !== 'file' && widget !== 'files';

/** Sets a parameter; `undefined` gives back its default. */
export const setParameter =
  (id: string, name: string, value: Json | undefined): Recipe =>
  (document) => {
    const node = nodeOf(document, id);
    if (!node) return;
    if (value === undefined) delete node.params[name];
    else node.params[name] = value;
  };

/** Makes an input socket of a parameter, or takes it back together with its wire. */
export const exposeParameter =
  (id: string, name: string, exposed: boolean): Recipe =>
  (document) => {
    const node = nodeOf(document, id);
    if (!node) return;
    const others = (node.exposed ?? []).filter((other) => other !== name);
    if (exposed) node.exposed = [...others, name];
    else {
      if (others.length) node.exposed = others;
      else delete node.exposed;
      document.wires = document.wires.filter(({ to }) => to[0] !== id || to[1] !== name);
    }
  };
