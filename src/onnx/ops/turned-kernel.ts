import type { Parameter, Value } from '../graph';
import { elements } from '../shapes';
import { cast } from './cast';

/** `[out, in, kh, kw]` to `[in, out, kh, kw]` with each kernel turned by half a circle. */
function turn<T extends Float32Array | Uint16Array>(data: T, dims: readonly number[]): T {
  const [outputs = 0, inputs = 0, height = 0, width = 0] = dims;
  const size = height * width;
  const turned = data.slice() as T;
  for (let output = 0; output < outputs; output++) {
    for (let input = 0; input < inputs; input++) {
      const [from, to] = [(output * inputs + input) * size, (input * outputs + output) * size];
      for (let i = 0; i < size; i++) turned[to + i] = data[from + size - 1 - i] as number;
    }
  }
  return turned;
}

/**
 * A convolution's weight as its gradient takes it: a weight of its own, which is read from the same place. Undefined for
 * what is computed in the graph.
 */
export function turnedKernel(weight: Value): Value | undefined {
  const { graph, dims, type, origin } = weight;
  if (origin.kind === 'node') {
    const widened = origin.node.operator.name === 'Cast' ? origin.node.inputs[0] : undefined;
    const turned = widened && turnedKernel(widened);
    return turned && cast(turned, type);
  }
  const [outputs = 0, inputs = 0, height = 0, width = 0] = dims;
  const turnedDims = [inputs, outputs, height, width];
  if (origin.kind === 'constant') return graph.constant(turn(origin.data, dims), turnedDims, type);
  if (origin.kind !== 'parameter') return undefined;
  const read: Parameter['read'] = () => {
    const data = origin.read();
    if (data.length !== elements(dims)) throw new Error(`The weight "${origin.name}" has changed while it was read.`);
    return turn(data, dims);
  };
  return graph.parameter(`${origin.name} turned`, turnedDims, read, type);
}
