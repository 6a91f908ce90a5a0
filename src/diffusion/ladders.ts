import type { NoiseSchedule } from '../core/values';
import { explodingLevel, type NoiseLevel, preservingLevel, trainedLevel } from './noise-level';
import { alphasCumprod } from './noise-schedule';
import { placeSigmas, type SigmaRule, sigmaAt, sigmaTable, timestepAt } from './sigmas';
import { fractionalTimesteps, openTimesteps, roundHalfEven, type Spacing, wholeTimesteps } from './timesteps';

/** One step of a ladder: the model is asked at `from`, the sample arrives at `to`. */
export interface Transition {
  readonly from: NoiseLevel;
  readonly to: NoiseLevel;
}

export interface LadderSettings {
  readonly noiseSchedule: NoiseSchedule;
  readonly steps: number;
  readonly spacing: Spacing;
  readonly sigmas: SigmaRule;
}

/**
 * Down which noise levels a family of samplers goes; the three columns that diffusers' schedulers fall into.
 * - `table`: levels of the training table, variance preserving (DDIM, DDPM, PNDM);
 * - `exploding`: levels between those of the table, variance exploding (Euler, Heun, LMS, DPM2);
 * - `preserving`: whole timesteps, variance preserving (DPM-Solver++ multistep, UniPC, DEIS).
 */
export type Ladder = 'table' | 'exploding' | 'preserving';

/** Neighbours become transitions; the last goes to the level without noise. */
function descend(levels: readonly NoiseLevel[], last: NoiseLevel): Transition[] {
  return levels.map((from, index) => ({ from, to: levels[index + 1] ?? last }));
}

export const ladders: Record<Ladder, (settings: LadderSettings) => Transition[]> = {
  /** Each step goes down by trained / steps timesteps, whatever the spacing: Song et al. 2010.02502 as in diffusers. */
  table({ noiseSchedule, steps, spacing }) {
    const { trainTimesteps, stepsOffset, setAlphaToOne } = noiseSchedule;
    const alphas = alphasCumprod(noiseSchedule);
    const finalAlpha = setAlphaToOne ? 1 : (alphas[0] as number);
    const levelAt = (timestep: number): NoiseLevel =>
      trainedLevel(Math.max(timestep, 0), timestep < 0 ? finalAlpha : (alphas[timestep] as number));
    const stride = Math.floor(trainTimesteps / steps);
    return wholeTimesteps[spacing](trainTimesteps, steps, stepsOffset)
      .map((timestep) => Math.min(timestep, trainTimesteps - 1))
      .map((timestep) => ({ from: levelAt(timestep), to: levelAt(timestep - stride) }));
  },

  exploding({ noiseSchedule, steps, spacing, sigmas: rule }) {
    const table = sigmaTable(alphasCumprod(noiseSchedule));
    const timesteps = fractionalTimesteps[spacing](noiseSchedule.trainTimesteps, steps, noiseSchedule.stepsOffset);
    const sigmas = timesteps.map((timestep) => sigmaAt(table, timestep));
    const levels =
      rule === 'default'
        ? sigmas.map((sigma, index) => explodingLevel(timesteps[index] as number, Math.fround(sigma)))
        : placeSigmas[rule](sigmas[0] as number, sigmas[sigmas.length - 1] as number, steps).map((sigma) =>
            explodingLevel(Math.fround(timestepAt(table, sigma)), Math.fround(sigma)),
          );
    return descend(levels, explodingLevel(0, 0));
  },

  preserving({ noiseSchedule, steps, spacing, sigmas: rule }) {
    const { trainTimesteps, stepsOffset, betaSchedule } = noiseSchedule;
    const table = sigmaTable(alphasCumprod(noiseSchedule));
    const [smallest, largest] = [table[0] as number, table[trainTimesteps - 1] as number];
    // diffusers rounds the timesteps of Karras sigmas, and truncates the others when it makes integers of them.
    const whole = rule === 'karras' && betaSchedule !== 'squaredcos_cap_v2' ? roundHalfEven : Math.trunc;
    const levels =
      rule === 'default'
        ? openTimesteps[spacing](trainTimesteps, steps, stepsOffset).map((timestep) =>
            preservingLevel(timestep, Math.fround(sigmaAt(table, timestep))),
          )
        : placeSigmas[rule](largest, smallest, steps).map((sigma) =>
            preservingLevel(whole(timestepAt(table, sigma)), Math.fround(sigma)),
          );
    const transitions = descend(levels, preservingLevel(0, 0));
    if (transitions.some(({ from, to }) => from.sigma <= to.sigma)) {
      throw new Error(
        `With ${steps} steps, ${spacing} spacing puts two of them at the same noise level: take fewer steps.`,
      );
    }
    return transitions;
  },
};
