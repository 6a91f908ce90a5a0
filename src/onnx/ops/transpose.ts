import { apply, type Operator, type Value } from '../graph';
import { describe, dimension, operand } from '../shapes';

interface Attributes {
  readonly permutation: readonly number[];
}

const operator: Operator<Attributes> = {
  name: 'Transpose',
  infer(inputs, { permutation }) {
    const x = operand('Transpose', inputs, 0);
    if (permutation.toSorted((a, b) => a - b).join() !== x.map((_, axis) => axis).join()) {
      throw new Error(`Transpose: ${describe(permutation)} does not permute the axes of ${describe(x)}.`);
    }
    return [permutation.map((axis) => dimension(x, axis))];
  },
  emit: (emission) => emission.node('Transpose', { attributes: { perm: { ints: emission.attributes.permutation } } }),
  gradient: ({ attributes: { permutation }, cotangent }) => [
    () =>
      transpose(
        cotangent(0),
        permutation.map((_, axis) => permutation.indexOf(axis)),
      ),
  ],
};

/** Axis `i` of the result is axis `permutation[i]` of `x`. */
export function transpose(x: Value, permutation: readonly number[]): Value {
  return apply(operator, [x], { permutation });
}
