import { apply, type Operator, type Value } from '../graph';
import { elements, operand } from '../shapes';
import { expand } from './expand';
import { multiply } from './multiply';

interface Attributes {
  readonly axes: readonly number[];
}

const operator: Operator<Attributes> = {
  name: 'ReduceMean',
  infer: (inputs, { axes }) => [operand('ReduceMean', inputs, 0).map((dim, axis) => (axes.includes(axis) ? 1 : dim))],
  emit: ({ node, inputs, integers, attributes: { axes } }) =>
    node('ReduceMean', { inputs: [...inputs, integers(axes)], attributes: { keepdims: { int: 1 } } }),
  gradient: ({ input, output, cotangent }) => [
    () => {
      const { dims, graph, type } = input(0);
      const part = elements(output(0).dims) / elements(dims);
      return expand(multiply(cotangent(0), graph.constant([part], [1], type)), dims);
    },
  ],
};

/** The mean over `axes` (counted from the front), which stay as dimensions of 1. */
export function reduceMean(x: Value, axes: readonly number[]): Value {
  return apply(operator, [x], { axes });
}
