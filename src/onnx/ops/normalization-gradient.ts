import type { Value } from '../graph';
import { add } from './add';
import { divide } from './divide';
import { multiply } from './multiply';
import { reduceMean } from './reduce-mean';
import { squareRoot } from './square-root';
import { subtract } from './subtract';

/** One divided by the standard deviation of `x` over `axes`: `1 / sqrt(variance + epsilon)`. */
export function reciprocalDeviation(x: Value, axes: readonly number[], epsilon: number): Value {
  const number = (value: number) => x.graph.constant([value], [1], x.type);
  const centred = subtract(x, reduceMean(x, axes));
  const variance = reduceMean(multiply(centred, centred), axes);
  return divide(number(1), squareRoot(add(variance, number(epsilon))));
}

/**
 * The derivative by what was brought to mean 0 and variance 1 over `axes` as `normal`, for the derivative `given` by `normal`:
 * (g - mean(g) - y mean(g y)) / sqrt(variance + epsilon), https://arxiv.org/abs/1607.06450.
 */
export function standardGradient(normal: Value, given: Value, axes: readonly number[], reciprocal: Value): Value {
  const along = multiply(normal, reduceMean(multiply(given, normal), axes));
  return multiply(subtract(subtract(given, reduceMean(given, axes)), along), reciprocal);
}
