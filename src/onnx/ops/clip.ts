import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';
import { isPositive } from './compare';
import { multiply } from './multiply';
import { subtract } from './subtract';

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
  gradient: ({ input, attributes: { low, high }, cotangent }) => [
    () => {
      const x = input(0);
      const [bottom, top] = [low, high].map((bound) => x.graph.constant([bound], [1], x.type)) as [Value, Value];
      return multiply(cotangent(0), multiply(isPositive(subtract(x, bottom)), isPositive(subtract(top, x))));
    },
  ],
};

/** Every element brought between `low` and `high`. */
export function clip(x: Value, low: number, high: number): Value {
  return apply(operator, [x], { low, high });
}
