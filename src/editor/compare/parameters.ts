import type { Document, DocumentNode } from '../../core/document';
import type { Registry } from '../../core/graph';
import { parametersOf } from '../../core/parameters';
import { subgraphOf } from '../../core/subgraph';

/** A parameter that is not the same in two graphs. */
export interface Differing {
  /** Id of the node; `instance/node` inside of subgraphs. */
  readonly node: string;
  /** What the node is called. */
  readonly title: string;
  readonly parameter: string;
  readonly a: unknown;
  readonly b: unknown;
}

/** What two graphs do differently. */
export interface Comparison {
  readonly differing: readonly Differing[];
  /** How many parameters the nodes that both have have. */
  readonly all: number;
  /** Titles of nodes that only one of them has, or that are of another type. */
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
  /** Whether wires, or what is muted and bypassed, differ. */
  readonly wires: boolean;
}

interface Place {
  readonly node: DocumentNode;
  readonly title: string;
}

/** All nodes, those of subgraphs once for each instance. */
function nodesOf(document: Document, definitions: Registry, inside = document.nodes, prefix = ''): Map<string, Place> {
  const found = new Map<string, Place>();
  for (const node of inside) {
    const id = `${prefix}${node.id}`;
    found.set(id, { node, title: node.title ?? definitions.get(node.type)?.title ?? node.type });
    const subgraph = subgraphOf(document, node.type);
    if (subgraph)
      for (const [inner, place] of nodesOf(document, definitions, subgraph.nodes, `${id}/`)) found.set(inner, place);
  }
  return found;
}

const wiresOf = (document: Document): string =>
  JSON.stringify(
    [
      { wires: document.wires, nodes: document.nodes },
      ...(document.subgraphs ?? []).map(({ wires, nodes }) => ({ wires, nodes })),
    ].map(({ wires, nodes }) => [
      wires.map(({ from, to }) => [...from, ...to].join(' ')).sort(),
      nodes.flatMap(({ id, muted, bypassed }) => (muted || bypassed ? [`${id} ${muted} ${bypassed}`] : [])).sort(),
    ]),
  );

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Goes through the nodes of two graphs by their ids; what is not stored has its default. */
export function compareGraphs(a: Document, b: Document, definitionsOf: (document: Document) => Registry): Comparison {
  const [definitions, others] = [definitionsOf(a), definitionsOf(b)];
  const [nodesA, nodesB] = [nodesOf(a, definitions), nodesOf(b, others)];
  const differing: Differing[] = [];
  const onlyA: string[] = [];
  let all = 0;
  for (const [id, { node, title }] of nodesA) {
    const other = nodesB.get(id)?.node;
    if (!other || other.type !== node.type) {
      onlyA.push(title);
      continue;
    }
    const definition = definitions.get(node.type);
    const known = definition ? parametersOf(definition) : [];
    const names = new Set([
      ...known.map(({ name }) => name),
      ...Object.keys(node.params),
      ...Object.keys(other.params),
    ]);
    for (const name of names) {
      const usual = known.find((one) => one.name === name)?.default;
      const [before, after] = [node.params[name] ?? usual, other.params[name] ?? usual];
      all += 1;
      // A seed is a number or its digits.
      if (!same(before, after) && String(before) !== String(after))
        differing.push({ node: id, title, parameter: name, a: before, b: after });
    }
  }
  const onlyB = [...nodesB].flatMap(([id, { node, title }]) =>
    nodesA.get(id)?.node.type === node.type ? [] : [title],
  );
  return { differing, all, onlyA, onlyB, wires: wiresOf(a) !== wiresOf(b) };
}
