import { apply, type Operator, type Value } from '../graph';
import { broadcast, operand } from '../shapes';

/** `TensorProto.BOOL` in onnx.proto3. */
const BOOL = 9;

const operator: Operator<object> = {
  name: 'Where',
  infer(inputs) {
    const [condition, yes, no] = [0, 1, 2].map((i) => operand('Where', inputs, i)) as [number[], number[], number[]];
    return [broadcast('Where', condition, broadcast('Where', yes, no))];
  },
  emit({ node, inputs: [condition = '', ...values], outputs }) {
    const truth = `${outputs[0]}/truth`;
    node('Cast', { inputs: [condition], outputs: [truth], attributes: { to: { int: BOOL } } });
    node('Where', { inputs: [truth, ...values] });
  },
};

/** `yes` where `condition` is not 0, else `no`, with NumPy's broadcasting. */
export function where(condition: Value, yes: Value, no: Value): Value {
  return apply(operator, [condition, yes, no], {});
}
