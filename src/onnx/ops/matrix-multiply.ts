import { apply, type Operator, type Value } from '../graph';
import { broadcast, describe, dimension, operand } from '../shapes';
import { sumTo } from './expand';
import { transpose } from './transpose';

const operator: Operator<object> = {
  name: 'MatMul',
  infer(inputs) {
    const a = operand('MatMul', inputs, 0);
    const b = operand('MatMul', inputs, 1);
    if (dimension(a, -1) !== dimension(b, -2)) {
      throw new Error(`MatMul: the shapes ${describe(a)} and ${describe(b)} do not fit each other.`);
    }
    const batch = broadcast('MatMul', a.slice(0, -2), b.slice(0, -2));
    return [[...batch, dimension(a, -2), dimension(b, -1)]];
  },
  emit: (emission) => emission.node('MatMul'),
  gradient: ({ input, cotangent }) => [
    () => sumTo(matrixMultiply(cotangent(0), turned(input(1))), input(0).dims),
    () => sumTo(matrixMultiply(turned(input(0)), cotangent(0)), input(1).dims),
  ],
};

/** The last two axes exchanged. */
function turned(x: Value): Value {
  const axes = x.dims.map((_, axis) => axis);
  return transpose(x, [...axes.slice(0, -2), ...axes.slice(-2).reverse()]);
}

/** `[..., m, k]` times `[..., k, n]`. */
export function matrixMultiply(a: Value, b: Value): Value {
  return apply(operator, [a, b], {});
}
