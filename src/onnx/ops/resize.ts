import { apply, type Operator, type Value } from '../graph';
import { describe, dimension, operand } from '../shapes';
import { reduceSum } from './expand';
import { reshape } from './reshape';

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
  gradient: ({ input, attributes: { mode, dims }, cotangent }) => [
    () => {
      const x = input(0);
      const [n = 0, channels = 0, height = 0, width = 0] = x.dims;
      const [down, across] = [dimension(dims, 2) / height, dimension(dims, 3) / width];
      if (mode !== 'nearest' || !Number.isInteger(down) || !Number.isInteger(across)) {
        throw new Error(
          `Resize has a gradient for whole multiples with "nearest" only, not ${describe(x.dims)} to ${describe(dims)}.`,
        );
      }
      const cells = reshape(cotangent(0), [n * channels, height, down, width, across]);
      return reshape(reduceSum(cells, [2, 4]), x.dims);
    },
  ],
};

/** `[n, c, h, w]` to another height and width; source positions as in torch's `interpolate`. */
export function resize(x: Value, mode: 'nearest' | 'linear', height: number, width: number): Value {
  return apply(operator, [x], { mode, dims: [...x.dims.slice(0, 2), height, width] });
}
