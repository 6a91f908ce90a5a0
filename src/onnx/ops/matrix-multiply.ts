import { apply, type Operator, type Value } from '../graph';
import { broadcast, describe, dimension, operand } from '../shapes';

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
};

/** `[..., m, k]` times `[..., k, n]`. */
export function matrixMultiply(a: Value, b: Value): Value {
  return apply(operator, [a, b], {});
}
