import { apply, type FloatType, type Operator, type Value } from '../graph';
import { operand } from '../shapes';

interface Attributes {
  readonly to: FloatType;
}

// Numbers of TensorProto.DataType in onnx.proto3.
const ELEMENT = { float32: 1, float16: 10 };

const operator: Operator<Attributes> = {
  name: 'Cast',
  infer: (inputs) => [operand('Cast', inputs, 0)],
  type: ({ to }) => to,
  emit: ({ node, attributes: { to } }) => node('Cast', { attributes: { to: { int: ELEMENT[to] } } }),
  gradient: ({ input, cotangent }) => [() => cast(cotangent(0), input(0).type)],
};

/** The same numbers in another type, rounded to nearest. */
export function cast(x: Value, to: FloatType): Value {
  return x.type === to ? x : apply(operator, [x], { to });
}
