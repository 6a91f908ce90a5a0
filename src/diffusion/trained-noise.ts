import type { NoiseSchedule } from '../core/sampler-table';
import { type NoiseLevel, SMALLEST_SIGNAL, trainedLevel } from './noise-level';
import { alphasCumprod } from './noise-schedule';

/** The noise levels that a model was trained at, one for each timestep. */
export interface TrainedNoise {
  /** How many timesteps there are. */
  readonly count: number;
  /** What is left of the signal's variance, falling; float32. */
  readonly alphas: Float32Array;
  /** Noise over signal, ascending and finite; float32. */
  readonly sigmas: Float32Array;
  readonly logSigmas: Float32Array;
  /** The level of a whole timestep. Before the first nothing is left but what the schedule calls its final alpha. */
  levelAt(timestep: number): NoiseLevel;
  /** Sigma at a timestep, which may be fractional or beyond the ends. */
  sigmaAt(timestep: number): number;
  /** The timestep, fractional, that has a sigma: piecewise linear in ln sigma. */
  timestepAt(sigma: number): number;
}

const known = new WeakMap<NoiseSchedule, TrainedNoise>();

/** The table of a noise schedule, computed once for each. */
export function trainedNoise(schedule: NoiseSchedule): TrainedNoise {
  let table = known.get(schedule);
  if (!table) {
    table = tabulate(schedule);
    known.set(schedule, table);
  }
  return table;
}

function tabulate(schedule: NoiseSchedule): TrainedNoise {
  const { trainTimesteps: count, setAlphaToOne } = schedule;
  const alphas = alphasCumprod(schedule);
  const finalAlpha = setAlphaToOne ? 1 : (alphas[0] as number);
  const sigmas = alphas.map((alpha) => {
    const signal = alpha === 0 ? SMALLEST_SIGNAL ** 2 : alpha;
    return Math.sqrt(Math.fround(Math.fround(1 - signal) / signal));
  });
  const logSigmas = sigmas.map(Math.log);
  return {
    count,
    alphas,
    sigmas,
    logSigmas,
    levelAt(timestep) {
      if (timestep < 0) return trainedLevel(0, finalAlpha);
      const within = Math.min(timestep, count - 1);
      return trainedLevel(within, alphas[within] as number);
    },
    sigmaAt(timestep) {
      const within = Math.min(Math.max(timestep, 0), count - 1);
      const low = Math.min(Math.floor(within), count - 2);
      const [below, above] = [sigmas[low] as number, sigmas[low + 1] as number];
      return below + (above - below) * (within - low);
    },
    timestepAt(sigma) {
      const wanted = Math.log(Math.max(sigma, 1e-10));
      const low = Math.min(Math.max(lastNotAbove(logSigmas, wanted), 0), count - 2);
      const [below, above] = [logSigmas[low] as number, logSigmas[low + 1] as number];
      return low + Math.min(Math.max((below - wanted) / (below - above), 0), 1);
    },
  };
}

/** The last index of an ascending list whose value is not above `wanted`; -1 when all are. */
function lastNotAbove(ascending: Float32Array, wanted: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) <= wanted) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
