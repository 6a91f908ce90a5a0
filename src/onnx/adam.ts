import type { Value } from './graph';
import { add } from './ops/add';
import { divide } from './ops/divide';
import { multiply } from './ops/multiply';
import { squareRoot } from './ops/square-root';
import { subtract } from './ops/subtract';

export interface AdamSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
}

/** torch's defaults. */
export const ADAM: AdamSettings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 };

/** A parameter, its derivative, and the running means of the derivative and of its square, all of one shape. */
export interface AdamState {
  readonly parameter: Value;
  readonly gradient: Value;
  readonly mean: Value;
  readonly square: Value;
}

/** Numbers `[1]` that change from step to step. */
export interface AdamStep {
  readonly rate: Value;
  /** 1 - beta1ᵗ and 1 - beta2ᵗ for step t, from 1. */
  readonly correction1: Value;
  readonly correction2: Value;
}

/** One step of AdamW, https://arxiv.org/abs/1711.05101 algorithm 2, as torch's `AdamW` computes it. */
export function adamStep(
  { parameter, gradient, mean, square }: AdamState,
  { rate, correction1, correction2 }: AdamStep,
  { beta1, beta2, epsilon, weightDecay }: AdamSettings,
): Omit<AdamState, 'gradient'> {
  const number = (value: number) => parameter.graph.constant([value], [1], parameter.type);
  const nextMean = add(multiply(mean, number(beta1)), multiply(gradient, number(1 - beta1)));
  const nextSquare = add(multiply(square, number(beta2)), multiply(multiply(gradient, gradient), number(1 - beta2)));
  const deviation = add(divide(squareRoot(nextSquare), squareRoot(correction2)), number(epsilon));
  const decayed = multiply(parameter, subtract(number(1), multiply(rate, number(weightDecay))));
  const way = divide(multiply(divide(rate, correction1), nextMean), deviation);
  return { parameter: subtract(decayed, way), mean: nextMean, square: nextSquare };
}
