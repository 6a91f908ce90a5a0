import { apply, type Operator, type Value } from '../graph';
import { describe, operand } from '../shapes';

export interface ConvolutionAttributes {
  readonly stride: number;
  /** Zeros added at the top, left, bottom and right. */
  readonly pads: readonly [number, number, number, number];
}

const operator: Operator<ConvolutionAttributes> = {
  name: 'Conv',
  infer(inputs, { stride, pads: [top, left, bottom, right] }) {
    const x = operand('Conv', inputs, 0);
    const weight = operand('Conv', inputs, 1);
    const [n = 0, channels, height = 0, width = 0] = x;
    const [out = 0, inner, kernelHeight = 0, kernelWidth = 0] = weight;
    if (x.length !== 4 || weight.length !== 4 || channels !== inner) {
      throw new Error(`Conv: the input ${describe(x)} does not fit the weight ${describe(weight)}.`);
    }
    const size = (length: number, kernel: number) => Math.floor((length - kernel) / stride) + 1;
    const dims = [n, out, size(height + top + bottom, kernelHeight), size(width + left + right, kernelWidth)];
    if (dims.some((dim) => dim < 1)) throw new Error(`Conv: the input ${describe(x)} is too small.`);
    return [dims];
  },
  emit: ({ node, attributes: { stride, pads } }) =>
    node('Conv', { attributes: { strides: { ints: [stride, stride] }, pads: { ints: pads } } }),
};

/** `x` `[n, in, h, w]`, `weight` `[out, in, kh, kw]`, `bias` `[out]` where there is one. */
export function convolution(
  x: Value,
  weight: Value,
  bias: Value | undefined,
  attributes: ConvolutionAttributes,
): Value {
  return apply(operator, bias ? [x, weight, bias] : [x, weight], attributes);
}
