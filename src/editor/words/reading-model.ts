import { type Graph, inputSpec, outputSpec, type Registry } from '../../core/graph';
import { asModelReference, modelName } from '../../core/model-reference';
import { parametersOf } from '../../core/parameters';

/** Who reads a text. */
export interface Reading {
  /** The models whose text encoders read it; undefined stands for one that cannot be told before a run. */
  readonly models: readonly (string | undefined)[];
  /** Words that embeddings add for these encoders. */
  readonly words: readonly string[];
}

const wireInto = (graph: Graph, id: string, port: string) => graph.into.get(id)?.find(({ to }) => to[1] === port);

/** The input of a node that takes a text encoder. */
function encoderPort(graph: Graph, registry: Registry, id: string): string | undefined {
  const definition = registry.get(graph.nodes.get(id)?.type ?? '');
  return Object.keys(definition?.in ?? {}).find(
    (port) => definition && inputSpec(definition, port)?.kind === 'text-encoder',
  );
}

/** Follows a text encoder to the node that names its model. */
function modelAt(graph: Graph, registry: Registry, id: string, port: string): string | undefined {
  const seen = new Set<string>();
  let wire = wireInto(graph, id, port);
  while (wire && !seen.has(wire.from[0])) {
    const [source] = wire.from;
    seen.add(source);
    const node = graph.nodes.get(source);
    const definition = registry.get(node?.type ?? '');
    if (!node || !definition) return undefined;
    const parameter = parametersOf(definition).find(({ widget }) => widget === 'model');
    if (parameter) {
      const value = node.params[parameter.name] ?? parameter.default;
      return typeof value === 'string' && !wireInto(graph, source, parameter.name) ? value : undefined;
    }
    const before = encoderPort(graph, registry, source);
    wire = before === undefined ? undefined : wireInto(graph, source, before);
  }
  return undefined;
}

/** What the nodes that bring embeddings to `id` call their words: as set, or as the file is called. */
function wordsAt(graph: Graph, registry: Registry, id: string): string[] {
  return (graph.into.get(id) ?? []).flatMap(({ from }) => {
    const node = graph.nodes.get(from[0]);
    const definition = registry.get(node?.type ?? '');
    if (!node || !definition || outputSpec(definition, from[1])?.kind !== 'embedding') return [];
    return Object.values(node.params).flatMap((value) => {
      const reference = asModelReference(value);
      return reference === undefined ? [] : [modelName(reference)];
    });
  });
}

/** Goes along the wires that carry a node's text to the encoders that read it. */
export function readingOf(graph: Graph, registry: Registry, id: string): Reading {
  const models = new Set<string | undefined>();
  const words: string[] = [];
  const seen = new Set([id]);
  const open = [id];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const definition = registry.get(graph.nodes.get(at)?.type ?? '');
    for (const { from, to } of graph.outOf.get(at) ?? []) {
      if (!definition || outputSpec(definition, from[1])?.kind !== 'text' || seen.has(to[0])) continue;
      seen.add(to[0]);
      const port = encoderPort(graph, registry, to[0]);
      if (port === undefined) open.push(to[0]);
      else {
        models.add(modelAt(graph, registry, to[0], port));
        words.push(...wordsAt(graph, registry, to[0]));
      }
    }
  }
  return { models: [...models], words };
}
