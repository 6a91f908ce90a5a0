import { apply, type Operator, type Value } from '../graph';
import { describe, dimension, operand } from '../shapes';

interface Attributes {
  readonly axis: number;
  readonly begin: number;
  readonly end: number;
}

const operator: Operator<Attributes> = {
  name: 'Slice',
  infer(inputs, { axis, begin, end }) {
    const x = operand('Slice', inputs, 0);
    if (axis < 0 || begin < 0 || end <= begin || end > dimension(x, axis)) {
      throw new Error(`Slice: ${begin} to ${end} lies outside axis ${axis} of ${describe(x)}.`);
    }
    return [x.with(axis, end - begin)];
  },
  emit: ({ node, inputs, integers, attributes: { axis, begin, end } }) =>
    node('Slice', { inputs: [...inputs, integers([begin]), integers([end]), integers([axis])] }),
};

/** Elements `begin` to `end` (exclusive) along an axis. */
export function slice(x: Value, axis: number, begin: number, end: number): Value {
  return begin === 0 && end === dimension(x.dims, axis) ? x : apply(operator, [x], { axis, begin, end });
}
