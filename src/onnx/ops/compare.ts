import { apply, type Operator, type Value } from '../graph';
import { broadcast, operand } from '../shapes';

const ONNX = { '<': 'Less', '<=': 'LessOrEqual', '>': 'Greater', '>=': 'GreaterOrEqual', '==': 'Equal' } as const;

export type Comparison = keyof typeof ONNX;

interface Attributes {
  readonly comparison: Comparison;
}

/** `TensorProto.FLOAT` in onnx.proto3. */
const FLOAT = 1;

const operator: Operator<Attributes> = {
  name: 'Compare',
  infer: (inputs) => [broadcast('Compare', operand('Compare', inputs, 0), operand('Compare', inputs, 1))],
  type: () => 'float32',
  emit({ node, outputs, attributes: { comparison } }) {
    const truth = `${outputs[0]}/truth`;
    node(ONNX[comparison], { outputs: [truth] });
    node('Cast', { inputs: [truth], attributes: { to: { int: FLOAT } } });
  },
};

/** 1 where the comparison holds, else 0, with NumPy's broadcasting. */
export function compare(a: Value, comparison: Comparison, b: Value): Value {
  return apply(operator, [a, b], { comparison });
}
