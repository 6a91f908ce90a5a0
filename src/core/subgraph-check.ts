import type { Document, Subgraph } from './document';
import { ProblemError } from './problem';
import { inputsType, outputsType, subgraphType } from './subgraph';

/** The subgraphs that hold themselves, directly or through others: the ids of one such round. */
export function recursion(subgraphs: readonly Subgraph[]): readonly string[] | undefined {
  const byType = new Map(subgraphs.map((subgraph) => [subgraphType(subgraph.id), subgraph]));
  const cleared = new Set<Subgraph>();
  const search = (subgraph: Subgraph, path: readonly string[]): readonly string[] | undefined => {
    if (cleared.has(subgraph)) return undefined;
    const at = path.indexOf(subgraph.id);
    if (at >= 0) return path.slice(at);
    for (const type of new Set(subgraph.nodes.map((node) => node.type))) {
      const inner = byType.get(type);
      const round = inner && search(inner, [...path, subgraph.id]);
      if (round) return round;
    }
    cleared.add(subgraph);
    return undefined;
  };
  for (const subgraph of subgraphs) {
    const round = search(subgraph, []);
    if (round) return round;
  }
  return undefined;
}

/** How many nodes a graph has once each instance is replaced by what it stands for. Needs subgraphs without recursion. */
function expandedCount({ nodes, subgraphs = [] }: Document): number {
  const byType = new Map(subgraphs.map((subgraph) => [subgraphType(subgraph.id), subgraph]));
  const known = new Map<string, number>();
  const count = (of: Document['nodes']): number => of.reduce((sum, { type }) => sum + sizeOf(type), 0);
  const sizeOf = (type: string): number => {
    const subgraph = byType.get(type);
    if (!subgraph) return 1;
    let size = known.get(type);
    if (size === undefined) {
      size = count(subgraph.nodes);
      known.set(type, size);
    }
    return size;
  };
  return count(nodes);
}

/** Throws a `ProblemError` where subgraphs contradict themselves, hold themselves, or would expand beyond all bounds. */
export function refuseImpossibleSubgraphs(document: Document, mostNodes: number): void {
  const { subgraphs = [] } = document;
  const refuse = (what: string): never => {
    throw new ProblemError({ what });
  };
  const ids = new Set<string>();
  for (const { id, nodes, inputs, outputs, params } of subgraphs) {
    const cannot = `This graph's subgraph "${id}" cannot be read:`;
    if (ids.has(id)) refuse(`This graph cannot be read: two of its subgraphs have the id "${id}".`);
    if (id === 'inputs' || id === 'outputs') refuse(`${cannot} that id is kept for the border of subgraphs.`);
    ids.add(id);
    for (const type of [inputsType, outputsType])
      if (nodes.filter((node) => node.type === type).length !== 1)
        refuse(`${cannot} it needs one node of the type ${type}.`);
    for (const names of [[...inputs, ...params], outputs].map((some) => some.map(({ name }) => name)))
      if (new Set(names).size < names.length) refuse(`${cannot} two of its sockets or parameters have one name.`);
    const inner = new Set(nodes.map((node) => node.id));
    for (const { name, of } of params)
      if (!inner.has(of[0]))
        refuse(`${cannot} its parameter "${name}" is of the node "${of[0]}", which does not exist.`);
  }
  const round = recursion(subgraphs);
  if (round)
    refuse(
      round.length > 1
        ? `This graph cannot be read: its subgraphs ${round.map((id) => `"${id}"`).join(' and ')} hold each other.`
        : `This graph cannot be read: its subgraph "${round[0]}" holds itself.`,
    );
  if (expandedCount(document) > mostNodes)
    refuse(`This graph has more than ${mostNodes} nodes when its subgraphs are written out.`);
}
