import { apply, type Operator, type Value } from '../graph';
import { describe, dimension, operand } from '../shapes';
import type { ConvolutionAttributes } from './convolution';

interface Attributes extends ConvolutionAttributes {
  /** Of the result. */
  readonly height: number;
  readonly width: number;
}

const operator: Operator<Attributes> = {
  name: 'ConvTranspose',
  infer(inputs, { height, width }) {
    const x = operand('ConvTranspose', inputs, 0);
    const weight = operand('ConvTranspose', inputs, 1);
    if (x.length !== 4 || dimension(x, 1) !== weight[0]) {
      throw new Error(`ConvTranspose: the input ${describe(x)} does not fit the weight ${describe(weight)}.`);
    }
    return [[dimension(x, 0), dimension(weight, 1), height, width]];
  },
  emit({ node, shapes: [x = [], weight = []], attributes: { stride, pads, height, width } }) {
    const [top, left, bottom, right] = pads;
    // What a convolution of the size that is wanted left over at the end.
    const rest = (axis: number, size: number, padding: number) =>
      size - (stride * (dimension(x, axis) - 1) + dimension(weight, axis) - padding);
    node('ConvTranspose', {
      attributes: {
        strides: { ints: [stride, stride] },
        pads: { ints: pads },
        output_padding: { ints: [rest(2, height, top + bottom), rest(3, width, left + right)] },
      },
    });
  },
  gradient() {
    throw new Error('A transposed convolution has no gradient here: it is one itself.');
  },
};

/** `x` `[n, out, h, w]` and the weight `[out, in, kh, kw]` of a convolution to that convolution's input `[n, in, ...]`. */
export function convolutionTranspose(x: Value, weight: Value, attributes: Attributes): Value {
  return apply(operator, [x, weight], attributes);
}
