import type { Device, Network, Tensor, Tensors } from '../core/device';
import { applyAll, Graph, type GraphNode, type GraphOptions, type Value } from './graph';
import { reachable } from './model';
import { defineNetwork } from './network';
import { bytesOf } from './shapes';

/** Consecutive nodes of a graph as a network of its own, whose inputs and outputs are values of the whole by name. */
interface Piece {
  readonly network: Network;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

const isParameter = ({ origin }: Value) => origin.kind === 'parameter';
const isConstant = ({ origin }: Value) => origin.kind === 'constant';

/** Nodes in their order, in groups whose parameters have at most `most` bytes, save for single nodes that have more. */
function groupsOf(nodes: readonly GraphNode[], most: number): GraphNode[][] {
  const groups: GraphNode[][] = [];
  let held = new Set<Value>();
  let bytes = 0;
  for (const node of nodes) {
    const parameters = node.inputs.filter((value) => isParameter(value) && !held.has(value));
    const more = parameters.reduce((sum, value) => sum + bytesOf(value), 0);
    const current = groups.at(-1);
    if (current && bytes + more <= most) {
      current.push(node);
      bytes += more;
    } else {
      groups.push([node]);
      held = new Set();
      bytes = more;
    }
    for (const value of parameters) held.add(value);
  }
  return groups;
}

/** The graph in pieces, and the name of the value that each of its outputs is. */
function cut(key: string, graph: Graph, most: number): { pieces: Piece[]; outputs: ReadonlyMap<string, string> } {
  const groups = groupsOf(reachable(graph).nodes, most);
  const lastUse = new Map<Value, number>();
  for (const [index, group] of groups.entries()) {
    for (const node of group) for (const value of node.inputs) lastUse.set(value, index);
  }
  for (const value of graph.outputs.values()) lastUse.set(value, groups.length);

  const names = new Map<Value, string>();
  const nameOf = (value: Value): string => {
    if (value.origin.kind === 'input') return value.origin.name;
    const name = names.get(value) ?? `value_${names.size}`;
    names.set(value, name);
    return name;
  };
  const pieces = groups.map((group, index): Piece => {
    const made = new Set(group.flatMap((node) => node.outputs));
    const needed = new Set(group.flatMap((node) => node.inputs).filter((value) => !made.has(value)));
    const inputs = [...needed].filter((value) => !isParameter(value) && !isConstant(value));
    const outputs = [...made].filter((value) => (lastUse.get(value) ?? -1) > index);
    const build = (piece: Graph) => {
      const copies = new Map<Value, Value>();
      const copyOf = (value: Value): Value => {
        const known = copies.get(value);
        if (known) return known;
        const { type, dims, origin } = value;
        const copy =
          origin.kind === 'parameter'
            ? piece.parameter(origin.name, dims, () => origin.read(), type)
            : origin.kind === 'constant'
              ? piece.constant(origin.data, dims, type)
              : piece.input(nameOf(value), dims, type);
        copies.set(value, copy);
        return copy;
      };
      for (const {
        operator,
        inputs: [first, ...rest],
        attributes,
        outputs: results,
      } of group) {
        if (!first) throw new Error(`${operator.name} has no inputs.`);
        const copied = applyAll(operator, [copyOf(first), ...rest.map(copyOf)], attributes);
        for (const [i, result] of results.entries()) copies.set(result, copied[i] as Value);
      }
      for (const value of outputs) piece.output(nameOf(value), copyOf(value));
    };
    const network = defineNetwork(`${key} piece ${index + 1} of ${groups.length}`, build, graph.options);
    return { network, inputs: inputs.map(nameOf), outputs: outputs.map(nameOf) };
  });
  return { pieces, outputs: new Map([...graph.outputs].map(([name, value]) => [name, nameOf(value)])) };
}

/**
 * Runs a network without ever holding more than about `most` bytes of its weights: piece by piece, each of which is loaded,
 * run and released. As slow as loading the whole.
 */
export async function runInPieces(
  device: Device,
  key: string,
  build: (graph: Graph) => void,
  feeds: Tensors,
  { most, ...options }: GraphOptions & { readonly most: number },
): Promise<Record<string, Tensor>> {
  const graph = new Graph(options);
  build(graph);
  const { pieces, outputs } = cut(key, graph, most);
  const made = new Map<string, Tensor>();
  const wanted = new Set(outputs.values());
  try {
    for (const [index, { network, inputs }] of pieces.entries()) {
      const fed = Object.fromEntries(inputs.map((name) => [name, (made.get(name) ?? feeds[name]) as Tensor]));
      const results = await device.run(network, fed);
      for (const [name, tensor] of Object.entries(results)) made.set(name, tensor);
      await device.release((held) => held !== network.key);
      const later = new Set(pieces.slice(index + 1).flatMap((piece) => piece.inputs));
      for (const [name, tensor] of made) {
        if (later.has(name) || wanted.has(name)) continue;
        made.delete(name);
        device.dispose(tensor);
      }
    }
  } catch (error) {
    for (const tensor of made.values()) device.dispose(tensor);
    throw error;
  }
  return Object.fromEntries([...outputs].map(([name, value]) => [name, made.get(value) as Tensor]));
}
