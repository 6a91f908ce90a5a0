import type { Document, WireEnd } from '../../core/document';
import { graphOf } from '../../core/graph';
import { passedSource } from '../../core/pass-through';
import { giver, inputsType, subgraphOf } from '../../core/subgraph';
import { insideOf, type Path } from '../document/subgraph-inside';
import { definitionsOf } from '../registry';

/** Which output of which node makes what comes out at an output that is shown; `node` as the engine calls it. */
export interface Source {
  readonly node: string;
  readonly port: string;
}

/**
 * Finds it through subgraphs, inwards and outwards, and through what is bypassed. `path` leads to where the output is shown.
 * Undefined where nothing comes out of there.
 */
export function sourceOf(document: Document, path: Path, output: WireEnd): Source | undefined {
  let [at, end]: [Path, WireEnd] = [path, output];
  // Each turn goes through a node or a border; a loop of wires goes on for ever.
  for (let turns = 0; turns < 1000; turns++) {
    const graph = graphOf(insideOf(document, at));
    const [id, port] = end;
    const node = graph.nodes.get(id);
    if (!node || node.muted) return undefined;
    const subgraph = subgraphOf(document, node.type);
    if (node.bypassed) {
      const behind = passedSource(graph, definitionsOf(document), end, (other) => !!graph.nodes.get(other)?.bypassed);
      if (!behind) return undefined;
      end = behind;
    } else if (subgraph) {
      const from = giver(subgraph, port);
      if (!from) return undefined;
      [at, end] = [[...at, id], from];
    } else if (node.type === inputsType) {
      const instance = at.at(-1);
      const outside = graphOf(insideOf(document, at.slice(0, -1)));
      const wire = outside.into.get(instance ?? '')?.find(({ to }) => to[1] === port);
      if (!wire) return undefined;
      [at, end] = [at.slice(0, -1), wire.from];
    } else return { node: [...at, id].join('/'), port };
  }
  return undefined;
}
