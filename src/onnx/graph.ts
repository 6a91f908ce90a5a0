import type { Emission } from './model';
import { describe, elements } from './shapes';

/** What networks compute with. */
export type FloatType = 'float32' | 'float16';

export interface TensorType {
  readonly type: FloatType;
  readonly dims: readonly number[];
}

/** A tensor that a graph will compute. Its shape and type are known while the graph is built. */
export interface Value extends TensorType {
  readonly graph: Graph;
  readonly origin: Origin;
}

/** A weight of a model: its name in the file and how to read it, float16 as bits. Nothing is read before a session asks for it. */
export interface Parameter {
  readonly kind: 'parameter';
  readonly name: string;
  read(): Float32Array | Uint16Array;
}

export type Origin =
  | { readonly kind: 'input'; readonly name: string }
  | Parameter
  | { readonly kind: 'constant'; readonly data: Float32Array }
  | { readonly kind: 'node'; readonly node: GraphNode };

/** What an operator gets to build its gradient from: one of its nodes, and how much the loss changes with its outputs. */
export interface Backward<A> {
  readonly attributes: A;
  readonly inputs: readonly Value[];
  input(index: number): Value;
  output(index: number): Value;
  /** The derivative of the loss by an output, in its shape. */
  cotangent(index: number): Value;
}

/** One operator of the closed set: what it makes of its inputs, how it is written in ONNX, and its gradient. */
export interface Operator<A> {
  readonly name: string;
  /** Shapes of the outputs. Throws a sentence when the inputs do not fit. */
  infer(inputs: readonly TensorType[], attributes: A): readonly (readonly number[])[];
  /** Type of the outputs; where it is left out, that of the inputs, which are all of one type. */
  type?(attributes: A): FloatType;
  emit(emission: Emission<A>): void;
  /**
   * For each input, what builds the derivative of the loss by it, as more nodes of the same graph. Only what is wanted is
   * called. Throws a sentence where an operator has none.
   */
  gradient(node: Backward<A>): readonly (() => Value)[];
}

export interface GraphNode<A = unknown> {
  readonly operator: Operator<A>;
  readonly inputs: readonly Value[];
  readonly attributes: A;
  readonly outputs: readonly Value[];
}

export interface GraphOptions {
  /** Whether attention and layer normalization become what is fastest alone, or what has gradients. */
  readonly fused: boolean;
  /** See `Network.optimization`. */
  readonly optimization?: 'none';
  /** `float32` where it is left out. */
  readonly precision?: Precision;
  /** What the backward pass computes again instead of keeping it, see `recomputed`. Nothing where it is left out. */
  readonly recompute?: readonly Recomputable[];
}

/** Residual and transformer blocks; the heads of an attention. */
export type Recomputable = 'block' | 'head';

/** Nodes `begin` to `end` (exclusive) of a graph. */
export interface Segment {
  readonly begin: number;
  readonly end: number;
}

/**
 * What a network holds and computes in: all float32; weights that the file has in half precision as they are and widened at
 * each use; or half precision, save for what says otherwise where the graph is built.
 */
export type Precision = 'float32' | 'float16-weights' | 'float16';

/** Operators, inputs, attributes, static shapes and types, in creation order, which is a topological order. */
export class Graph {
  readonly nodes: GraphNode[] = [];
  readonly inputs: Value[] = [];
  readonly outputs = new Map<string, Value>();
  /** What the backward pass computes again, inner ones before outer ones. */
  readonly segments: Segment[] = [];
  readonly #shared = new Map<string, Value>();
  readonly #supplied = new Map<string, Value>();

  constructor(readonly options: GraphOptions = { fused: true }) {}

  /** What is computed in where a builder does not say otherwise. */
  get type(): FloatType {
    return this.options.precision === 'float16' ? 'float16' : 'float32';
  }

  /** Inputs are fed as float32, whatever the graph computes in; `type` is how the graph goes on with it. */
  input(name: string, dims: readonly number[], type: FloatType = this.type): Value {
    const supplied = this.#supplied.get(name);
    if (supplied) return fitting(name, supplied, dims, type);
    if (this.inputs.some((value) => value.origin.kind === 'input' && value.origin.name === name)) {
      throw new Error(`The graph already has an input called "${name}".`);
    }
    const value: Value = { graph: this, type, dims, origin: { kind: 'input', name } };
    this.inputs.push(value);
    return value;
  }

  /** From now on `input` gives this value for the name, instead of adding an input. */
  supply(name: string, value: Value): void {
    this.#supplied.set(name, value);
  }

  /** Outputs are handed out as float32, too. */
  output(name: string, value: Value): void {
    if (this.outputs.has(name)) throw new Error(`The graph already has an output called "${name}".`);
    this.outputs.set(name, value);
  }

  /** Scalars are `[1]`, never a shape without dimensions. Equal small ones are stored once. */
  constant(
    data: readonly number[] | Float32Array,
    dims: readonly number[] = [data.length],
    type: FloatType = this.type,
  ): Value {
    if (data.length !== elements(dims)) {
      throw new Error(`A constant of ${data.length} numbers does not fill the shape ${describe(dims)}.`);
    }
    const make = (): Value => ({
      graph: this,
      type,
      dims,
      origin: { kind: 'constant', data: Float32Array.from(data) },
    });
    return data.length > 4096 ? make() : this.#once(`constant ${type} ${dims} ${data.join(' ')}`, make);
  }

  /** The same name with the same shape is the same value. */
  parameter(name: string, dims: readonly number[], read: Parameter['read'], type: FloatType = 'float32'): Value {
    return this.#once(`parameter ${type} ${dims} ${name}`, () => ({
      graph: this,
      type,
      dims,
      origin: { kind: 'parameter', name, read },
    }));
  }

  #once(key: string, make: () => Value): Value {
    const found = this.#shared.get(key);
    if (found) return found;
    const made = make();
    this.#shared.set(key, made);
    return made;
  }
}

function fitting(name: string, value: Value, dims: readonly number[], type: FloatType): Value {
  if (value.type === type && value.dims.join() === dims.join()) return value;
  throw new Error(
    `"${name}" is supplied as ${value.type} ${describe(value.dims)}, but ${type} ${describe(dims)} is asked for.`,
  );
}

/** Builds something whose values are not kept for the backward pass, where the graph's options say so. */
export function recomputed<T>(graph: Graph, what: Recomputable, build: () => T): T {
  const begin = graph.nodes.length;
  const built = build();
  if (graph.options.recompute?.includes(what)) graph.segments.push({ begin, end: graph.nodes.length });
  return built;
}

/** Adds a node to the graph of its first input and returns its outputs. */
export function applyAll<A>(
  operator: Operator<A>,
  inputs: readonly [Value, ...Value[]],
  attributes: A,
): readonly Value[] {
  const graph = inputs[0].graph;
  if (inputs.some((input) => input.graph !== graph)) {
    throw new Error(`${operator.name}: its inputs belong to different graphs.`);
  }
  const { type } = inputs[0];
  const other = inputs.find((input) => input.type !== type);
  if (other) throw new Error(`${operator.name}: its inputs are of the types ${type} and ${other.type}.`);
  const outputs: Value[] = [];
  const node: GraphNode<A> = { operator, inputs, attributes, outputs };
  for (const dims of operator.infer(inputs, attributes)) {
    outputs.push({ graph, type: operator.type?.(attributes) ?? type, dims, origin: { kind: 'node', node } });
  }
  graph.nodes.push(node);
  return outputs;
}

/** For operators with one output. */
export function apply<A>(operator: Operator<A>, inputs: readonly [Value, ...Value[]], attributes: A): Value {
  const [output] = applyAll(operator, inputs, attributes);
  if (!output) throw new Error(`${operator.name} has no output.`);
  return output;
}
