import type { NoiseSchedule } from '../../core/sampler-table';
import { type ComfyuiTable, comfyuiSigmas } from '../comfyui-sigmas';
import { type Descent, type Ladder, type LadderSettings, transitionsOf } from '../ladder';
import type { NoiseLevel } from '../noise-level';
import { alphasCumprodInDouble } from '../noise-schedule';
import { isComfyui } from '../sigmas';

const known = new WeakMap<NoiseSchedule, ComfyuiTable & { timestepAt(sigma: number): number }>();

/** ComfyUI's `ModelSamplingDiscrete`: the table in double precision, and timesteps that are whole. */
export function comfyuiTable(schedule: NoiseSchedule) {
  const cached = known.get(schedule);
  if (cached) return cached;
  // Where no signal is left ComfyUI takes this variance for it, which makes sigma 4518.
  const sigmas = alphasCumprodInDouble(schedule).map((alpha) => {
    const signal = alpha > 0 ? alpha : 4.8973451890853435e-8;
    return Math.sqrt((1 - signal) / signal);
  });
  const logs = sigmas.map(Math.log);
  const table = {
    sigmas,
    sigmaAt(timestep: number): number {
      const low = Math.min(Math.floor(timestep), sigmas.length - 2);
      const [below, above] = [logs[low] as number, logs[low + 1] as number];
      return Math.exp(below + (above - below) * (timestep - low));
    },
    /** The whole timestep whose sigma is nearest, by ratio. */
    timestepAt(sigma: number): number {
      const wanted = Math.log(Math.max(sigma, 1e-10));
      let [low, high] = [0, logs.length - 1];
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if ((logs[middle] as number) <= wanted) low = middle;
        else high = middle;
      }
      return wanted - (logs[low] as number) <= (logs[high] as number) - wanted ? low : high;
    },
  };
  known.set(schedule, table);
  return table;
}

/**
 * The way down that ComfyUI takes. All steps are run: a strength (denoise) below 1 plans `steps / strength` of them and keeps
 * the last. The noise of the start is scaled up a little where it is that of the noisiest timestep.
 */
export function descendAsComfyui(
  rule: keyof typeof comfyuiSigmas,
  settings: LadderSettings,
  level: (timestep: number, sigma: number) => NoiseLevel,
): Descent {
  const { noiseSchedule, trained, steps, strength, leavesOutPenultimate, part, endsAt = 0 } = settings;
  const table = comfyuiTable(noiseSchedule);
  const planned = strength > 0.9999 ? steps : Math.floor(steps / strength);
  if (planned + 1 > table.sigmas.length) {
    throw new Error(
      `A denoise of ${strength} plans ${planned} steps, but the model has ${table.sigmas.length} timesteps: take fewer steps or more strength.`,
    );
  }
  const placed = comfyuiSigmas[rule](table, planned + (leavesOutPenultimate ? 1 : 0));
  const sigmas = leavesOutPenultimate && placed.length > 1 ? placed.slice(0, -1) : placed;
  const last = planned === steps ? sigmas : sigmas.slice(-steps);
  const way = cutTo(part, [...last, endsAt], endsAt);
  const between = (sigma: number) => level(table.timestepAt(sigma), sigma);
  const end = way.at(-1) as number;
  const final = end > endsAt ? between(end) : level(0, end);
  const transitions = transitionsOf(way.slice(0, -1).map(between), final);
  const first = way[0] ?? 0;
  const largest = table.sigmas[table.sigmas.length - 1] as number;
  const scale = first > largest * (1 - 1e-5) ? Math.hypot(1, first) : first;
  const signal = transitions[0]?.from.signal ?? 1;
  const start = { signal, noise: scale * signal };
  return {
    transitions,
    skipped: [],
    trained,
    between,
    startScale: start.noise,
    start,
    endScale: 1 / final.signal,
    comfyui: true,
  };
}

/** A ladder for its own levels that takes ComfyUI's way where the sigmas are ComfyUI's. */
export const orAsComfyui = (own: Ladder, level: (timestep: number, sigma: number) => NoiseLevel): Ladder => ({
  placesSigmas: 'comfyui',
  descend: (settings) =>
    isComfyui(settings.sigmas) ? descendAsComfyui(settings.sigmas, settings, level) : own.descend(settings),
});

/** KSamplerAdvanced's part of the way: it stops early, at no noise or with what is left, and begins late. */
function cutTo(part: LadderSettings['part'], way: readonly number[], end: number): readonly number[] {
  if (!part) return way;
  let cut = way;
  if (part.last < cut.length - 1) {
    cut = cut.slice(0, part.last + 1);
    if (!part.leftover) cut = [...cut.slice(0, -1), end];
  }
  if (part.first < cut.length - 1) return cut.slice(part.first);
  throw new Error(
    `Steps ${part.first} to ${part.last} of ${way.length - 1} are none: begin earlier, or leave this sampler out.`,
  );
}
