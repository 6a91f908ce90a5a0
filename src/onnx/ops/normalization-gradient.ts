import type { Value } from '../graph';
import { add } from './add';
import { divide } from './divide';
import { multiply } from './multiply';
import { reduceMean } from './reduce-mean';
import { squareRoot } from './square-root';
import { subtract } from './subtract';

/** What lies between a value and its normal form over `axes`: the distance from the mean, and the standard deviation. */
function spread(x: Value, axes: readonly number[], epsilon: number): { centred: Value; deviation: Value } {
  const centred = subtract(x, reduceMean(x, axes));
  const variance = reduceMean(multiply(centred, centred), axes);
  return { centred, deviation: squareRoot(add(variance, x.graph.constant([epsilon], [1], x.type))) };
}

/** `x` brought to mean 0 and variance 1 over `axes`. */
export function normalized(x: Value, axes: readonly number[], epsilon: number): Value {
  const { centred, deviation } = spread(x, axes, epsilon);
  return divide(centred, deviation);
}

/**
 * The derivative by `x` of what normalises it over `axes` to `normal`, for the derivative `given` by `normal`:
 * (g - mean(g) - y mean(g y)) / sqrt(variance + epsilon), https://arxiv.org/abs/1607.06450.
 */
export function normalizationGradient(
  x: Value,
  normal: Value,
  given: Value,
  axes: readonly number[],
  epsilon: number,
): Value {
  const along = multiply(normal, reduceMean(multiply(given, normal), axes));
  const across = subtract(subtract(given, reduceMean(given, axes)), along);
  return divide(across, spread(x, axes, epsilon).deviation);
}
