import { apply, type Operator, type Value } from '../graph';
import { describe, operand } from '../shapes';
import { sumTo } from './expand';
import { matrixMultiply } from './matrix-multiply';
import { transpose } from './transpose';

const operator: Operator<object> = {
  name: 'Gemm',
  infer(inputs) {
    const x = operand('Gemm', inputs, 0);
    const weight = operand('Gemm', inputs, 1);
    const [rows, width] = x;
    const [outputs, inner] = weight;
    if (x.length !== 2 || weight.length !== 2 || rows === undefined || outputs === undefined || width !== inner) {
      throw new Error(`Gemm: the input ${describe(x)} does not fit the weight ${describe(weight)}.`);
    }
    const bias = inputs[2];
    if (bias && bias.dims.join() !== String(outputs)) {
      throw new Error(`Gemm: the bias ${describe(bias.dims)} does not fit the weight ${describe(weight)}.`);
    }
    return [[rows, outputs]];
  },
  emit: (emission) => emission.node('Gemm', { attributes: { transB: { int: 1 } } }),
  gradient: ({ input, cotangent }) => [
    () => matrixMultiply(cotangent(0), input(1)),
    () => matrixMultiply(transpose(cotangent(0), [1, 0]), input(0)),
    () => sumTo(cotangent(0), input(2).dims),
  ],
};

/** `x wᵀ + bias` for `x` `[rows, in]` and `w` `[out, in]`, the layout in which torch stores linear layers. */
export function gemm(x: Value, weight: Value, bias?: Value): Value {
  return apply(operator, bias ? [x, weight, bias] : [x, weight], {});
}
