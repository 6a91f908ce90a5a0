import { apply, type Operator, type Value } from '../graph';
import { describe, operand } from '../shapes';

interface Attributes {
  readonly mode: 'nearest' | 'linear';
  readonly dims: readonly number[];
}

const operator: Operator<Attributes> = {
  name: 'Resize',
  infer(inputs, { dims }) {
    const x = operand('Resize', inputs, 0);
    if (x.length !== 4) throw new Error(`Resize: ${describe(x)} is not a picture [n, c, h, w].`);
    return [dims];
  },
  emit: ({ node, inputs, integers, attributes: { mode, dims } }) =>
    node('Resize', {
      inputs: [...inputs, '', '', integers(dims)],
      attributes: {
        mode: { text: mode },
        // What torch's interpolate does, with align_corners false.
        coordinate_transformation_mode: { text: mode === 'nearest' ? 'asymmetric' : 'half_pixel' },
        nearest_mode: { text: 'floor' },
      },
    }),
};

/** `[n, c, h, w]` to another height and width; source positions as in torch's `interpolate`. */
export function resize(x: Value, mode: 'nearest' | 'linear', height: number, width: number): Value {
  return apply(operator, [x], { mode, dims: [...x.dims.slice(0, 2), height, width] });
}
