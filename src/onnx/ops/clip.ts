import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';

interface Attributes {
  readonly low: number;
  readonly high: number;
}

const operator: Operator<Attributes> = {
  name: 'Clip',
  infer: (inputs) => [operand('Clip', inputs, 0)],
  // Clip alone insists on bounds without dimensions, which some of ONNX Runtime's checks refuse; Max and Min do not.
  emit({ node, inputs, outputs, floats, attributes: { low, high } }) {
    const raised = `${outputs[0]}/raised`;
    node('Max', { inputs: [...inputs, floats([low])], outputs: [raised] });
    node('Min', { inputs: [raised, floats([high])] });
  },
};

/** Every element brought between `low` and `high`. */
export function clip(x: Value, low: number, high: number): Value {
  return apply(operator, [x], { low, high });
}
