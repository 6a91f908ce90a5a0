import type { Document, DocumentNode, Subgraph, Wire, WireEnd } from './document';
import { borderOf, giver, isBorder, takers } from './subgraph';

/** What comes into the place of an instance. */
export interface Inlined {
  readonly nodes: DocumentNode[];
  readonly wires: Wire[];
  readonly zones: Document['zones'];
}

/**
 * Writes an instance out: the nodes of its subgraph under the ids that `idOf` gives them, with the parameters that the
 * instance sets, wired to what the instance is wired to. Everything else stays in its order.
 */
export function inlined(
  { nodes, wires, zones }: Pick<Document, 'nodes' | 'wires' | 'zones'>,
  instance: DocumentNode,
  subgraph: Subgraph,
  idOf: (inner: string) => string,
): Inlined {
  const { inputs, outputs } = borderOf(subgraph);
  const renamed = ([id, port]: WireEnd): WireEnd => [idOf(id), port];
  const outside = new Map(wires.flatMap(({ from, to }) => (to[0] === instance.id ? [[to[1], from] as const] : [])));
  const parameter = new Map(subgraph.params.map(({ name, of }) => [name, of]));
  // A wire into a parameter of the instance stands in for one that is inside.
  const wiredOver = new Set([...outside.keys()].flatMap((name) => parameter.get(name)?.join(' ') ?? []));
  /** What comes out under a name: of a node inside, or of one outside where the subgraph only passes it on. */
  const sourceOf = (output: string, passed: readonly string[] = []): WireEnd | undefined => {
    const from = giver(subgraph, output);
    if (from?.[0] !== inputs) return from && renamed(from);
    const outer = outside.get(from[1]);
    if (outer?.[0] !== instance.id) return outer;
    return passed.includes(output) ? undefined : sourceOf(outer[1], [...passed, output]);
  };
  const inner = subgraph.wires.flatMap(({ from, to, ...rest }): Wire[] =>
    from[0] === inputs || to[0] === outputs || wiredOver.has(to.join(' '))
      ? []
      : [{ from: renamed(from), to: renamed(to), ...rest }],
  );
  const around = wires.flatMap(({ from, to, ...rest }): Wire[] => {
    const source = from[0] === instance.id ? sourceOf(from[1]) : from;
    if (!source) return [];
    if (to[0] !== instance.id) return [{ from: source, to, ...rest }];
    const into = parameter.get(to[1]);
    const ends = into ? [into] : takers(subgraph, to[1]).filter(([id]) => id !== outputs);
    return ends.map((end) => ({ from: source, to: renamed(end) }));
  });
  return {
    nodes: nodes.flatMap((node) => (node.id === instance.id ? insideOf(instance, subgraph, outside, idOf) : [node])),
    wires: [...around, ...inner],
    zones: [
      ...zones,
      ...subgraph.zones.map(({ id, start, end }) => ({ id: idOf(id), start: idOf(start), end: idOf(end) })),
    ],
  };
}

function insideOf(
  instance: DocumentNode,
  subgraph: Subgraph,
  outside: ReadonlyMap<string, WireEnd>,
  idOf: (inner: string) => string,
): DocumentNode[] {
  return subgraph.nodes.flatMap((node) => {
    if (isBorder(node.type)) return [];
    const copy: DocumentNode = { ...node, id: idOf(node.id) };
    for (const { name, of } of subgraph.params) {
      if (of[0] !== node.id) continue;
      const value = instance.params[name];
      if (value !== undefined) copy.params = { ...copy.params, [of[1]]: value };
      const roll = instance.rolls?.[name];
      if (roll) copy.rolls = { ...copy.rolls, [of[1]]: roll };
      const socket = instance.exposed?.includes(name) || outside.has(name);
      if (socket && !copy.exposed?.includes(of[1])) copy.exposed = [...(copy.exposed ?? []), of[1]];
    }
    return [copy];
  });
}
