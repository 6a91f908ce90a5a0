import { apply, type Operator, type Value } from '../graph';
import { describe, dimension, operand } from '../shapes';
import { convolutionTranspose } from './convolution-transpose';
import { sumTo } from './expand';
import { reshape } from './reshape';
import { slice } from './slice';
import { transpose } from './transpose';
import { turnedKernel } from './turned-kernel';

export interface ConvolutionAttributes {
  readonly stride: number;
  /** Zeros added at the top, left, bottom and right. */
  readonly pads: readonly [number, number, number, number];
}

interface Attributes extends ConvolutionAttributes {
  /** Steps between the elements of the kernel; 1 where it is left out. */
  readonly dilation?: number;
}

const operator: Operator<Attributes> = {
  name: 'Conv',
  infer(inputs, { stride, dilation = 1, pads: [top, left, bottom, right] }) {
    const x = operand('Conv', inputs, 0);
    const weight = operand('Conv', inputs, 1);
    const [n = 0, channels, height = 0, width = 0] = x;
    const [out = 0, inner, kernelHeight = 0, kernelWidth = 0] = weight;
    if (x.length !== 4 || weight.length !== 4 || channels !== inner) {
      throw new Error(`Conv: the input ${describe(x)} does not fit the weight ${describe(weight)}.`);
    }
    const size = (length: number, kernel: number) => Math.floor((length - (kernel - 1) * dilation - 1) / stride) + 1;
    const dims = [n, out, size(height + top + bottom, kernelHeight), size(width + left + right, kernelWidth)];
    if (dims.some((dim) => dim < 1)) throw new Error(`Conv: the input ${describe(x)} is too small.`);
    return [dims];
  },
  emit: ({ node, attributes: { stride, dilation = 1, pads } }) =>
    node('Conv', {
      attributes: {
        strides: { ints: [stride, stride] },
        pads: { ints: pads },
        ...(dilation > 1 && { dilations: { ints: [dilation, dilation] } }),
      },
    }),
  gradient: ({ input, attributes: { dilation, ...attributes }, cotangent }) => [
    () => {
      if (dilation !== undefined) throw new Error('A convolution with dilation has no gradient: it is one itself.');
      return inputGradient(input(0), input(1), cotangent(0), attributes);
    },
    () => weightGradient(input(0), input(1), cotangent(0), attributes),
    () => reshape(sumTo(cotangent(0), [1, dimension(input(1).dims, 0), 1, 1]), input(2).dims),
  ],
};

/** With stride 1 a convolution with the kernel turned around, which runs faster than a transposed one. */
function inputGradient(x: Value, weight: Value, given: Value, { stride, pads }: ConvolutionAttributes): Value {
  const [, , height = 0, width = 0] = x.dims;
  const [, , kernelHeight = 0, kernelWidth = 0] = weight.dims;
  const [top, left, bottom, right] = pads;
  const turned = stride === 1 ? turnedKernel(weight) : undefined;
  if (turned) {
    const [vertical, horizontal] = [kernelHeight - 1, kernelWidth - 1];
    const rest = [vertical - top, horizontal - left, vertical - bottom, horizontal - right] as const;
    return convolution(given, turned, undefined, { stride: 1, pads: rest });
  }
  return convolutionTranspose(given, weight, { stride, pads, height, width });
}

/** Input and what was given change places: the batch is summed over, and the stride becomes the distance of samples. */
function weightGradient(x: Value, weight: Value, given: Value, { stride, pads }: ConvolutionAttributes): Value {
  const swap = [1, 0, 2, 3];
  const all = apply(operator, [transpose(x, swap), transpose(given, swap)], { stride: 1, pads, dilation: stride });
  const [, , height = 0, width = 0] = weight.dims;
  return transpose(slice(slice(all, 2, 0, height), 3, 0, width), swap);
}

/** `x` `[n, in, h, w]`, `weight` `[out, in, kh, kw]`, `bias` `[out]` where there is one. */
export function convolution(
  x: Value,
  weight: Value,
  bias: Value | undefined,
  attributes: ConvolutionAttributes,
): Value {
  return apply(operator, bias ? [x, weight, bias] : [x, weight], attributes);
}
