import { type Ladder, onTable, transitionsOf } from '../ladder';

/** Steps of the schedule that consistency models are distilled on: Luo et al. 2310.04378, section 4.3. */
const ORIGINAL_STEPS = 50;

/**
 * Of the timesteps that a consistency model was distilled on, every few, down from the last; less strength leaves the
 * noisiest of them out before the steps are chosen. Variance preserving, the last step to timestep 0.
 */
export const distilled: Ladder = {
  placesSigmas: false,
  descend(settings) {
    const { trained, steps, strength } = settings;
    const stride = Math.floor(trained.count / ORIGINAL_STEPS);
    const origin = Array.from(
      { length: Math.trunc(ORIGINAL_STEPS * strength) },
      (_, index) => (index + 1) * stride - 1,
    ).reverse();
    if (stride < 1 || steps > origin.length) {
      throw new Error(
        `Consistency models are distilled on ${ORIGINAL_STEPS} timesteps, of which a strength of ${strength} leaves ${origin.length}: ${steps} steps are too many.`,
      );
    }
    const levels = Array.from({ length: steps }, (_, index) =>
      trained.levelAt(origin[Math.floor((index * origin.length) / steps)] as number),
    );
    return { ...onTable([], settings), transitions: transitionsOf(levels, trained.levelAt(0)) };
  },
};
