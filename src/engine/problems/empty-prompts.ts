import { downstream, type Graph, outputSpec, type Registry } from '../../core/graph';
import { parametersOf } from '../../core/parameters';
import type { Problem } from '../../core/problem';

/** Inputs of what an empty prompt is usual for. */
const negative = /^(unconditional|negative)/;

/** Prompts without a word that a picture is to be made from. Negative ones may well be empty. */
export function emptyPrompts(graph: Graph, registry: Registry): Problem[] {
  return graph.document.nodes.flatMap((node): Problem[] => {
    const definition = registry.get(node.type);
    if (!definition || !Object.keys(definition.out).some((port) => outputSpec(definition, port)?.kind === 'text'))
      return [];
    const prompt = parametersOf(definition).find(({ widget }) => widget === 'lines');
    if (!prompt || String(node.params[prompt.name] ?? prompt.default).trim() !== '') return [];
    if (graph.into.get(node.id)?.some(({ to }) => to[1] === prompt.name)) return [];
    const behind = [node.id, ...downstream(graph, [node.id])];
    const inputs = behind.flatMap((id) => (graph.outOf.get(id) ?? []).map(({ to }) => to[1]));
    if (inputs.length === 0 || inputs.some((port) => negative.test(port))) return [];
    const title = node.title ?? definition.title;
    return [{ node: node.id, port: prompt.name, what: `${title} is empty: the picture is left to chance.` }];
  });
}
