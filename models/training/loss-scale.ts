/**
 * What the loss is multiplied with in half precision, so that small derivatives are not rounded to 0, and its derivatives are
 * divided by after: https://arxiv.org/abs/1710.03740, section 3.2. A power of two, which changes no digit.
 */
export interface LossScale {
  readonly scale: number;
  /** Steps in a row that went well with it. */
  readonly good: number;
}

export interface LossScaleSettings {
  readonly start: number;
  /** After so many good steps in a row it is doubled. */
  readonly interval: number;
}

/** Those of torch's `GradScaler`. */
export const LOSS_SCALE: LossScaleSettings = { start: 2 ** 16, interval: 2000 };

/** After a step, as torch's `GradScaler`: halved where a derivative was too large, doubled where all went well for long. */
export function nextScale({ scale, good }: LossScale, went: boolean, { interval }: LossScaleSettings): LossScale {
  if (!went) return { scale: scale / 2, good: 0 };
  return good + 1 === interval ? { scale: scale * 2, good: 0 } : { scale, good: good + 1 };
}
