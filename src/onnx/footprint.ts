import type { Footprint } from '../core/device';
import type { Graph, GraphNode, Value } from './graph';
import { reachable } from './model';
import { bytesOf, describe } from './shapes';

/** Operators whose result is the bytes of their input. */
const VIEWS = new Set(['Reshape']);

const isActivation = ({ origin }: Value) => origin.kind === 'input' || origin.kind === 'node';

/** What a run of the graph needs, when every value is freed after its last use. */
export function footprintOf(graph: Graph): Footprint {
  const { nodes, values } = reachable(graph);
  const parameters = [...values].filter(({ origin }) => origin.kind === 'parameter');
  const largest = [...values].reduce((most, value) => (bytesOf(value) > bytesOf(most) ? value : most));
  return {
    weights: sum(parameters),
    convolutions: sum(new Set(nodes.flatMap(widerConvolution))),
    activations: activationsOf(graph, nodes),
    largest: { bytes: bytesOf(largest), what: called(largest) },
  };
}

function sum(values: Iterable<Value>): number {
  let bytes = 0;
  for (const value of values) bytes += bytesOf(value);
  return bytes;
}

/** The weight of a convolution wider than one pixel. */
function widerConvolution({ operator, inputs: [, weight] }: GraphNode): Value[] {
  return operator.name === 'Conv' && weight?.dims[2] !== 1 && weight ? [weight] : [];
}

function called(value: Value): string {
  const { origin, dims } = value;
  if (origin.kind === 'parameter') return `the weight "${origin.name}" ${describe(dims)}`;
  if (origin.kind === 'input') return `the input "${origin.name}" ${describe(dims)}`;
  return `a layer's output ${describe(dims)}`;
}

/** The most bytes that inputs, outputs and all between them have at one time. */
function activationsOf(graph: Graph, nodes: readonly GraphNode[]): number {
  /** The value whose bytes a value is: its own, or through views another's. */
  const owners = new Map<Value, Value>();
  const ownerOf = (value: Value) => owners.get(value) ?? value;
  for (const { operator, inputs, outputs } of nodes) {
    const [input] = inputs;
    if (input && VIEWS.has(operator.name)) for (const output of outputs) owners.set(output, ownerOf(input));
  }
  const lastUse = new Map<Value, number>();
  for (const [index, { inputs }] of nodes.entries()) for (const value of inputs) lastUse.set(ownerOf(value), index);
  // Inputs are the caller's and outputs are kept.
  for (const value of [...graph.inputs, ...graph.outputs.values()]) lastUse.set(ownerOf(value), nodes.length);

  const live = new Set<Value>(graph.inputs);
  let bytes = sum(live);
  let most = bytes;
  for (const [index, { inputs, outputs }] of nodes.entries()) {
    for (const value of outputs.map(ownerOf)) {
      if (live.has(value)) continue;
      live.add(value);
      bytes += bytesOf(value);
    }
    most = Math.max(most, bytes);
    for (const value of [...inputs, ...outputs].map(ownerOf)) {
      if (!isActivation(value) || (lastUse.get(value) ?? -1) > index || !live.delete(value)) continue;
      bytes -= bytesOf(value);
    }
  }
  return most;
}
