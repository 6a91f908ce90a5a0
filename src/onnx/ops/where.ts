import { apply, type Operator, type Value } from '../graph';
import { broadcast, operand } from '../shapes';
import { sumTo } from './expand';

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
  gradient: ({ input, cotangent }) => {
    const none = () => input(1).graph.constant([0], [1], input(1).type);
    return [
      () => {
        throw new Error('A condition has no gradient: it is 0 wherever there is one.');
      },
      () => sumTo(where(input(0), cotangent(0), none()), input(1).dims),
      () => sumTo(where(input(0), none(), cotangent(0)), input(2).dims),
    ];
  },
};

/** `yes` where `condition` is not 0, else `no`, with NumPy's broadcasting. */
export function where(condition: Value, yes: Value, no: Value): Value {
  return apply(operator, [condition, yes, no], {});
}
