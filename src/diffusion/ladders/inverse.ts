import { type Ladder, onTable } from '../ladder';
import { wholeTimesteps } from '../timesteps';

/**
 * Up the training table from the picture to noise: the way of DDIM inversion, as `DDIMInverseScheduler` has it. A strength
 * below 1 stops early. The model is asked at the timestep a step goes to.
 */
export const inverse: Ladder = {
  placesSigmas: false,
  descend(settings) {
    const { noiseSchedule, trained, steps, spacing, strength } = settings;
    if (spacing === 'linspace') throw new Error('DDIM inverse has no linspace spacing: take leading or trailing.');
    const stride = Math.floor(trained.count / steps);
    const all = wholeTimesteps[spacing](trained.count, steps, noiseSchedule.stepsOffset)
      .map((timestep) => Math.min(timestep, trained.count - 1))
      .reverse()
      .map((timestep) => ({
        from: { ...trained.levelAt(timestep - stride), timestep },
        to: trained.levelAt(timestep),
      }));
    const transitions = all.slice(0, Math.trunc(steps * strength));
    return { ...onTable([], settings), transitions, start: { signal: 1, noise: 0 } };
  },
};
