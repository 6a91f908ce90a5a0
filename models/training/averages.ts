/** Steps between two looks at the parameters. Reading them from a graphics device at each would cost as much as the step. */
const LOOK_EVERY = 5;
/** How much more late looks count than early ones: the average reaches back over about a tenth of the steps. */
const WEIGHT_OF_LATE = 8;

/** How much the look after so many steps counts: https://arxiv.org/abs/1212.1824, section 4. */
const shareAfter = (steps: number): number => (WEIGHT_OF_LATE + 1) / (Math.ceil(steps / LOOK_EVERY) + WEIGHT_OF_LATE);

/** Whether the parameters after so many steps go into the average. */
export const isLookedAt = (steps: number): boolean => steps % LOOK_EVERY === 0;

/**
 * The average of parameters over the last part of a training, after a look at them when `steps` were made. It forgets the last
 * batches, which the parameters themselves still shiver from, and does not depend on how many steps are to follow.
 */
export function averaged(
  before: readonly Float32Array[],
  parameters: readonly Float32Array[],
  steps: number,
): Float32Array[] {
  const share = shareAfter(steps);
  return parameters.map((now, i) =>
    now.map((value, at) => {
      const old = before[i]?.[at] ?? value;
      return old + share * (value - old);
    }),
  );
}
