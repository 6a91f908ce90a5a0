import { apply, type Operator, type Value } from '../graph';
import { dimension, operand } from '../shapes';
import { cast } from './cast';
import { reciprocalDeviation, standardGradient } from './normalization-gradient';

interface Attributes {
  readonly epsilon: number;
}

/**
 * The epsilon that every InstanceNormalization is written with. ONNX Runtime 1.30 bakes epsilon into its WebGPU shader but
 * leaves it out of the key under which it keeps the shader, so that all sessions use the epsilon that came first.
 */
const SHARED_EPSILON = 1e-5;

const operator: Operator<Attributes> = {
  name: 'InstanceNormalization',
  infer: (inputs) => [operand('InstanceNormalization', inputs, 0)],
  emit({ node, inputs: [x = '', scale = '', bias = ''], outputs: [y], floats, attributes: { epsilon } }) {
    const norm = (input: string) =>
      node('InstanceNormalization', {
        inputs: [input, scale, bias],
        attributes: { epsilon: { float: SHARED_EPSILON } },
      });
    if (epsilon === SHARED_EPSILON) return norm(x);
    // (s x - s m) / sqrt(s² v + e) is (x - m) / sqrt(v + e / s²).
    const scaled = `${y}/scaled`;
    node('Mul', { inputs: [x, floats([Math.sqrt(SHARED_EPSILON / epsilon)])], outputs: [scaled] });
    norm(scaled);
  },
  gradient: ({ input, output, attributes: { epsilon }, cotangent }) => [
    () => {
      const axes = input(0).dims.flatMap((_, axis) => (axis < 2 ? [] : [axis]));
      return standardGradient(output(0), cotangent(0), axes, reciprocalDeviation(input(0), axes, epsilon));
    },
  ],
};

/**
 * Every channel of every item of `[n, c, ...]` brought to mean 0 and variance 1; no scale and no bias. Always computed in
 * float32: in half precision the sum of squares of a large group exceeds what the type holds, and kernels differ in whether
 * they mind (https://github.com/microsoft/onnxruntime/issues/31626).
 */
export function instanceNormalization(x: Value, epsilon: number): Value {
  const channels = dimension(x.dims, 1);
  const ones = x.graph.constant(new Float32Array(channels).fill(1), [channels], 'float32');
  const zeros = x.graph.constant(new Float32Array(channels), [channels], 'float32');
  return cast(apply(operator, [cast(x, 'float32'), ones, zeros], { epsilon }), x.type);
}
