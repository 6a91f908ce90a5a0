import { apply, type Operator, type Value } from '../graph';
import { broadcast, operand } from '../shapes';
import { cast } from './cast';

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
  gradient() {
    throw new Error('A comparison has no gradient: it is 0 wherever there is one.');
  },
};

/** 1 where the comparison holds, else 0, with NumPy's broadcasting. */
export function compare(a: Value, comparison: Comparison, b: Value): Value {
  return apply(operator, [a, b], { comparison });
}

/** 1 where an element is above 0, else 0, in its own type. */
export function isPositive(x: Value): Value {
  return cast(compare(x, '>', x.graph.constant([0], [1], x.type)), x.type);
}
