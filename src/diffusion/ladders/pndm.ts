import { type Ladder, onTable } from '../ladder';
import { wholeTimesteps } from '../timesteps';

/**
 * The timesteps at which PNDM asks the model, variance preserving: with the second one twice, from which its first step is
 * repeated; or with a Runge-Kutta start, three steps of four evaluations each. Liu et al. 2202.09778 as in diffusers.
 */
export const pndmLadder: Ladder = {
  placesSigmas: false,
  descend(settings) {
    const { noiseSchedule, trained, steps, spacing, strength, options } = settings;
    const stride = Math.floor(trained.count / steps);
    const timesteps = wholeTimesteps[spacing](trained.count, steps, noiseSchedule.stepsOffset).map((timestep) =>
      Math.min(timestep, trained.count - 1),
    );
    if (options.rungeKutta && (steps < 4 || strength < 1))
      throw new Error('The Runge-Kutta start of PNDM needs 4 steps or more and a strength of 1.');
    const asked = options.rungeKutta
      ? [...rungeKuttaTimesteps(timesteps.slice(0, 4), Math.floor(stride / 2)), ...timesteps.slice(3)]
      : [...timesteps.slice(0, 2), ...timesteps.slice(1, 2), ...timesteps.slice(2)];
    const all = asked.map((timestep) => ({ from: trained.levelAt(timestep), to: trained.levelAt(timestep - stride) }));
    if (all.some(({ from }) => from.signal === 0)) {
      throw new Error(
        'PNDM needs some signal at every timestep, but this model starts without any: take leading spacing or another sampler.',
      );
    }
    return onTable(all, settings);
  },
};

/** Of the first four timesteps `a b c d`: `a a-h a-h b, b b-h b-h c, c c-h c-h d` with half steps h. */
function rungeKuttaTimesteps(first: readonly number[], half: number): number[] {
  const [a = 0, b = 0, c = 0, d = 0] = first;
  return [a, b + half, b + half, b, b, c + half, c + half, c, c, d + half, d + half, d];
}
