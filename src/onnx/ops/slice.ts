// Cutting a piece out and putting one into zeros: each is the gradient of the other.

import { apply, type Operator, type Value } from '../graph';
import { describe, dimension, operand } from '../shapes';

interface Cut {
  readonly axis: number;
  readonly begin: number;
  readonly end: number;
}

const cut: Operator<Cut> = {
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
  gradient: ({ input, attributes: { axis, begin, end }, cotangent }) => [
    () => pad(cotangent(0), axis, begin, dimension(input(0).dims, axis) - end),
  ],
};

/** Elements `begin` to `end` (exclusive) along an axis. */
export function slice(x: Value, axis: number, begin: number, end: number): Value {
  return begin === 0 && end === dimension(x.dims, axis) ? x : apply(cut, [x], { axis, begin, end });
}

interface Padding {
  readonly axis: number;
  readonly before: number;
  readonly after: number;
}

const padding: Operator<Padding> = {
  name: 'Pad',
  infer(inputs, { axis, before, after }) {
    const x = operand('Pad', inputs, 0);
    return [x.with(axis, before + dimension(x, axis) + after)];
  },
  emit({ node, inputs, integers, shapes: [dims = []], attributes: { axis, before, after } }) {
    const around = (length: number) => dims.map((_, i) => (i === axis ? length : 0));
    node('Pad', { inputs: [...inputs, integers([...around(before), ...around(after)])] });
  },
  gradient: ({ input, attributes: { axis, before }, cotangent }) => [
    () => slice(cotangent(0), axis, before, before + dimension(input(0).dims, axis)),
  ],
};

/** Zeros before and after `x` along an axis. */
export function pad(x: Value, axis: number, before: number, after: number): Value {
  return before === 0 && after === 0 ? x : apply(padding, [x], { axis, before, after });
}
