import { type Ladder, onTable } from '../ladder';
import { wholeTimesteps } from '../timesteps';

/**
 * Levels of the training table, variance preserving: DDIM. Each step goes down by trained / steps timesteps, whatever the
 * spacing: Song et al. 2010.02502 as in diffusers.
 */
export const table: Ladder = {
  placesSigmas: false,
  descend(settings) {
    const { noiseSchedule, trained, steps, spacing } = settings;
    const stride = Math.floor(trained.count / steps);
    const all = wholeTimesteps[spacing](trained.count, steps, noiseSchedule.stepsOffset)
      .map((timestep) => Math.min(timestep, trained.count - 1))
      .map((timestep) => ({ from: trained.levelAt(timestep), to: trained.levelAt(timestep - stride) }));
    return onTable(all, settings);
  },
};
