import { applyAll, type Graph, type GraphNode, type Segment, type Value } from './graph';
import { add } from './ops/add';
import { cast } from './ops/cast';
import { expand } from './ops/expand';
import { multiply } from './ops/multiply';
import { reshape } from './ops/reshape';
import { slice } from './ops/slice';
import { elements } from './shapes';

/** The input `[1]` of graphs that compute something again. It must be fed 0, see `Reverse`. */
export const ZERO_INPUT = 'zero';

/**
 * Adds the backward pass to the graph of `loss` `[1]`: the derivatives of `scale * loss` by each of `parameters`, in their
 * shapes. Reverse accumulation (https://arxiv.org/abs/1502.05767, section 3.2) over the nodes in the order of their making.
 * `scale` `[1]` lifts derivatives that half precision would round to 0. Throws a sentence where something on the way has no gradient.
 */
export function gradients(loss: Value, parameters: readonly Value[], scale?: Value): Value[] {
  if (elements(loss.dims) !== 1) throw new Error(`A loss is one number, not of the shape [${loss.dims}].`);
  const reverse = new Reverse(loss.graph, parameters);
  reverse.give(loss, expand(scale ?? loss.graph.constant([1], [1], loss.type), loss.dims));
  const { nodes, segments } = loss.graph;
  reverse.walk({ begin: 0, end: nodes.length }, [...segments]);
  return parameters.map((parameter) => reverse.cotangent(parameter));
}

const contains = (outer: Segment, inner: Segment) => outer.begin <= inner.begin && inner.end <= outer.end;

/**
 * One backward pass. A segment of the graph is computed again when the pass comes to it, so that nothing in it has to be
 * kept. Three things would undo that: the runtime merges equal computations, it may start the second one early, and it puts
 * off what is not asked for yet, such as the derivatives by keys when those by queries are there, for which the second one
 * would be kept. So what comes into the second one has a zero added that nothing knows before the pass is there and the
 * segment before it is done: an element of each derivative, times an input that is fed 0.
 */
class Reverse {
  readonly #cotangents = new Map<Value, Value>();
  /** What the loss is to be derived by, and all that depends on it. */
  readonly #dependent: Set<Value>;
  /** What derivatives were given to since the last segment began. */
  #touched = new Set<Value>();
  /** The derivatives that the segment before gave to what is outside of it. */
  #before: readonly Value[] = [];

  constructor(
    readonly graph: Graph,
    parameters: readonly Value[],
  ) {
    this.#dependent = new Set(parameters);
    for (const { inputs, outputs } of graph.nodes) {
      if (inputs.some((input) => this.#dependent.has(input))) for (const output of outputs) this.#dependent.add(output);
    }
  }

  give(value: Value, cotangent: Value): void {
    const known = this.#cotangents.get(value);
    this.#touched.add(value);
    this.#cotangents.set(value, known ? add(known, cotangent) : cotangent);
  }

  cotangent(value: Value): Value {
    return this.#cotangents.get(value) ?? expand(this.graph.constant([0], [1], value.type), value.dims);
  }

  /** Nodes of `range` from the last to the first. `segments` are those within it. */
  walk(range: Segment, segments: readonly Segment[]): void {
    let index = range.end - 1;
    while (index >= range.begin) {
      const ending = segments.filter(({ end }) => end === index + 1);
      const outer = ending.reduce<Segment | undefined>(
        (wide, next) => (wide && contains(wide, next) ? wide : next),
        undefined,
      );
      if (outer) {
        this.#recompute(
          outer,
          segments.filter((inner) => inner !== outer && contains(outer, inner)),
        );
        index = outer.begin - 1;
      } else {
        this.#step(this.graph.nodes[index] as GraphNode);
        index -= 1;
      }
    }
  }

  #step(node: GraphNode): void {
    const { operator, inputs, outputs, attributes } = node;
    if (!outputs.some((output) => this.#cotangents.has(output))) return;
    const wanted = inputs.flatMap((input, i) => (this.#dependent.has(input) ? [i] : []));
    if (wanted.length === 0) return;
    const at = (values: readonly Value[], i: number): Value => {
      const value = values[i];
      if (!value) throw new Error(`${operator.name} has no input or output ${i}.`);
      return value;
    };
    const builders = operator.gradient({
      attributes,
      inputs,
      input: (i) => at(inputs, i),
      output: (i) => at(outputs, i),
      cotangent: (i) => this.cotangent(at(outputs, i)),
    });
    for (const i of wanted) {
      const build = builders[i];
      if (!build) throw new Error(`${operator.name} has no gradient by its input ${i + 1}.`);
      this.give(at(inputs, i), build());
    }
  }

  #recompute({ begin, end }: Segment, inner: readonly Segment[]): void {
    const nodes = this.graph.nodes.slice(begin, end);
    const made = new Set(nodes.flatMap(({ outputs }) => outputs));
    const given = [...made].filter((value) => this.#cotangents.has(value));
    const [first] = given;
    if (!first) return;
    const gate = this.#gate([this.cotangent(first), ...this.#before]);
    const copies = new Map<Value, Value>();
    for (const value of new Set(nodes.flatMap(({ inputs }) => inputs))) {
      if (!made.has(value) && value.origin.kind === 'node') this.#copy(copies, value, gate(value));
    }
    const start = this.graph.nodes.length;
    for (const { operator, inputs, outputs, attributes } of nodes) {
      const again = applyAll(operator, inputs.map((input) => copies.get(input) ?? input) as [Value], attributes);
      for (const [i, output] of outputs.entries()) this.#copy(copies, output, again[i] as Value);
    }
    for (const value of given) this.give(copies.get(value) as Value, this.cotangent(value));
    const moved = ({ begin: from, end: to }: Segment) => ({ begin: from - begin + start, end: to - begin + start });
    const touched = this.#touched;
    this.#touched = new Set();
    this.walk(moved({ begin, end }), inner.map(moved));
    const inside = new Set([...made].map((value) => copies.get(value)));
    const outside = [...this.#touched].filter((value) => !inside.has(value));
    this.#touched = touched;
    this.#before = outside.map((value) => this.cotangent(value));
    for (const [value, copy] of copies) {
      const cotangent = made.has(value) ? undefined : this.#cotangents.get(copy);
      if (cotangent) this.give(value, cotangent);
    }
    const ways = new Set(copies.values());
    for (const value of outside) if (!ways.has(value)) touched.add(value);
  }

  #copy(copies: Map<Value, Value>, value: Value, copy: Value): void {
    copies.set(value, copy);
    if (this.#dependent.has(value)) this.#dependent.add(copy);
  }

  /** Makes values wait for `cotangents`. */
  #gate(cotangents: readonly Value[]): (value: Value) => Value {
    const { graph } = this;
    const zero = graph.inputs.find(({ origin }) => origin.kind === 'input' && origin.name === ZERO_INPUT);
    const corners = cotangents.map((value) => cast(slice(reshape(value, [elements(value.dims)]), 0, 0, 1), 'float32'));
    const nothing = multiply(corners.reduce(add), zero ?? graph.input(ZERO_INPUT, [1], 'float32'));
    return (value) => add(value, cast(nothing, value.type));
  }
}
