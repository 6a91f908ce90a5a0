import { type Ladder, onTable, transitionsOf } from '../ladder';
import { noNoise } from '../noise-level';
import { wholeTimesteps } from '../timesteps';

/** Levels of the training table, variance preserving, each step going to the next of the list and the last to no noise: DDPM. */
export const listed: Ladder = {
  placesSigmas: false,
  descend(settings) {
    const { noiseSchedule, trained, steps, spacing } = settings;
    const levels = wholeTimesteps[spacing](trained.count, steps, noiseSchedule.stepsOffset).map((timestep) =>
      trained.levelAt(Math.min(timestep, trained.count - 1)),
    );
    return onTable(transitionsOf(levels, noNoise), settings);
  },
};
