import { type Ladder, type LadderSettings, leaveOut, transitionsOf } from '../ladder';
import { type NoiseLevel, preservingLevel } from '../noise-level';
import { isComfyui, placeSigmas } from '../sigmas';
import { openTimesteps, roundHalfEven } from '../timesteps';
import { descendAsComfyui } from './comfyui';

interface Ways {
  /** Where it ends, before what the user chose. */
  readonly final: (settings: LadderSettings) => 'zero' | 'sigma_min';
  /** Whether diffusers rounds the timesteps of Karras sigmas; it truncates those of all others. */
  readonly rounds: (settings: LadderSettings) => boolean;
}

/** Whole timesteps, variance preserving: DPM-Solver++, UniPC, DEIS. */
function preserving({ final, rounds }: Ways): Ladder {
  return {
    placesSigmas: true,
    descend(settings) {
      const { noiseSchedule, trained, steps, spacing, sigmas: rule } = settings;
      if (isComfyui(rule)) return descendAsComfyui(rule, settings, preservingLevel);
      const [smallest, largest] = [trained.sigmas[0] as number, trained.sigmas[trained.count - 1] as number];
      const whole = rule === 'karras' && rounds(settings) ? roundHalfEven : Math.trunc;
      const between = (sigma: number): NoiseLevel =>
        preservingLevel(whole(trained.timestepAt(sigma)), Math.fround(sigma));
      const levels =
        rule === 'default'
          ? openTimesteps[spacing](trained.count, steps, noiseSchedule.stepsOffset).map((timestep) =>
              preservingLevel(timestep, Math.fround(trained.sigmaAt(timestep))),
            )
          : placeSigmas[rule](largest, smallest, steps).map(between);
      const end = final(settings) === 'zero' ? 0 : Math.min(smallest, (levels[steps - 1] as NoiseLevel).sigma);
      const all = transitionsOf(levels, preservingLevel(0, end));
      if (all.some(({ from, to }, index) => from.sigma <= to.sigma && index < steps - 1)) {
        throw new Error(
          `With ${steps} steps, ${spacing} spacing puts two of them at the same noise level: take fewer steps.`,
        );
      }
      return { ...leaveOut(all, settings), trained, between, startScale: 1 };
    },
  };
}

export const whole = preserving({ final: ({ options }) => options.finalSigma, rounds: () => true });

/** For DPM-Solver++ multistep, which leaves Karras sigmas of cosine betas where they are. */
export const wholeUnlessCosine = preserving({
  final: ({ options }) => options.finalSigma,
  rounds: ({ noiseSchedule }) => noiseSchedule.betaSchedule !== 'squaredcos_cap_v2',
});

/** For DEIS, whose steps have no end without noise. */
export const noisyEnd = preserving({ final: () => 'sigma_min', rounds: () => true });
