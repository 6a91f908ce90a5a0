import { apply, type Operator, type Value } from '../graph';
import { axisFromFront, describe, dimension, operand } from '../shapes';
import { slice } from './slice';

interface Attributes {
  readonly axis: number;
}

const operator: Operator<Attributes> = {
  name: 'Concat',
  infer(inputs, { axis }) {
    const first = operand('Concat', inputs, 0);
    const at = axisFromFront(first, axis);
    let sum = 0;
    for (const { dims } of inputs) {
      if (dims.length !== first.length || dims.some((dim, i) => i !== at && dim !== first[i])) {
        throw new Error(`Concat: the shapes ${describe(first)} and ${describe(dims)} differ outside axis ${at}.`);
      }
      sum += dimension(dims, at);
    }
    return [first.with(at, sum)];
  },
  emit: (emission) => emission.node('Concat', { attributes: { axis: { int: emission.attributes.axis } } }),
  gradient: ({ inputs, attributes: { axis }, cotangent }) => {
    let end = 0;
    return inputs.map(({ dims }) => {
      const at = axisFromFront(dims, axis);
      const begin = end;
      end += dimension(dims, at);
      return () => slice(cotangent(0), at, begin, begin + dimension(dims, at));
    });
  },
};

export function concatenate(parts: readonly [Value, ...Value[]], axis: number): Value {
  return parts.length === 1 ? parts[0] : apply(operator, parts, { axis });
}
