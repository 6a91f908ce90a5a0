import type { PredictionType, Reading, Step, Update } from '../../core/sampler-table';
import type { Descent, Transition } from '../ladder';
import { pndmLadder } from '../ladders/pndm';
import { epsilonAt, type NoiseLevel, stepAt } from '../noise-level';
import type { Sampler } from '../sampler';

type Weights = Readonly<Record<string, number>>;

/** Adams and Bashforth's weights of the newest prediction and the ones before it. */
const WEIGHTS: readonly Weights[] = [
  { prediction: 1 },
  { prediction: 3 / 2, e1: -1 / 2 },
  { prediction: 23 / 12, e1: -16 / 12, e2: 5 / 12 },
  { prediction: 55 / 24, e1: -59 / 24, e2: 37 / 24, e3: -9 / 24 },
];

/**
 * Pseudo numerical methods on manifolds, Liu et al. 2202.09778, equations 11 to 13 as in diffusers: the step of DDIM with
 * epsilon extrapolated from four evaluations (PLMS). It starts with one step that is repeated with the mean of both its ends,
 * or with three Runge-Kutta steps.
 */
const pndm: Sampler = {
  title: 'PNDM / PLMS',
  help: 'DDIM that extrapolates from the last four steps: the first default of Stable Diffusion. 25 to 50 steps.',
  ladder: pndmLadder,
  spacing: 'leading',
  takes: ['rungeKutta'],
  steps: (descent, { rungeKutta }) => {
    const { transitions } = descent;
    const row = rungeKutta ? rungeKuttaStart(descent) : repeatedStart(descent);
    return transitions.map(({ from, to }, call) => table(row(call), from, transitions[call + 1]?.from ?? to));
  },
};

export default pndm;

/** Where a step goes from (`slot` lies at `start`) and to, with which mean of predictions, and what the other slots become. */
interface Row {
  readonly start: NoiseLevel;
  readonly end: NoiseLevel;
  readonly slot: 'x' | 'start';
  readonly mean: Weights;
  readonly slots: Update;
}

const strideOf = ([first]: readonly Transition[]): number => (first ? first.from.timestep - first.to.timestep : 0);

function repeatedStart({ transitions, trained }: Descent): (call: number) => Row {
  return (call) => {
    const { from, to } = transitions[call] as Transition;
    if (call === 0) {
      const slots = { start: { x: 1 }, e1: { prediction: 1 } };
      return { start: from, end: to, slot: 'x', mean: { prediction: 1 }, slots };
    }
    if (call > 1) return multistep(from, to, Math.min(call, 4));
    // The first step once more, now that the prediction at its end is known.
    const start = trained.levelAt(from.timestep + strideOf(transitions));
    return { start, end: from, slot: 'start', mean: { prediction: 0.5, e1: 0.5 }, slots: { e1: { e1: 1 } } };
  };
}

function rungeKuttaStart({ transitions, trained }: Descent): (call: number) => Row {
  return (call) => {
    const { from, to } = transitions[call] as Transition;
    if (call >= 12) return multistep(from, to, 4);
    const [group, part] = [Math.floor(call / 4), call % 4];
    const { from: start } = transitions[group * 4] as Transition;
    const end = trained.levelAt(from.timestep - (part % 2 ? 0 : Math.floor(strideOf(transitions) / 2)));
    if (part === 0) {
      const slots = { ...MOVED[group + 1], start: { x: 1 }, sum: { prediction: 1 / 6 } };
      return { start, end, slot: 'x', mean: { prediction: 1 }, slots };
    }
    const kept = KEPT[group + 1] as Update;
    if (part === 3) return { start, end, slot: 'start', mean: { prediction: 1 / 6, sum: 1 }, slots: kept };
    const slots = { ...kept, start: { start: 1 }, sum: { sum: 1, prediction: 1 / 3 } };
    return { start, end, slot: 'start', mean: { prediction: 1 }, slots };
  };
}

/** How the predictions in the slots move up by one, by how many there are with this one, and how they stay. */
const MOVED: readonly Update[] = [
  {},
  { e1: { prediction: 1 } },
  { e1: { prediction: 1 }, e2: { e1: 1 } },
  { e1: { prediction: 1 }, e2: { e1: 1 }, e3: { e2: 1 } },
];
const KEPT: readonly Update[] = [
  {},
  { e1: { e1: 1 } },
  { e1: { e1: 1 }, e2: { e2: 1 } },
  { e1: { e1: 1 }, e2: { e2: 1 }, e3: { e3: 1 } },
];

/** A step with `count` predictions: this one and those in the slots. */
function multistep(from: NoiseLevel, to: NoiseLevel, count: number): Row {
  const [mean, slots] = [WEIGHTS[count - 1] as Weights, MOVED[Math.min(count, 3)] as Update];
  return { start: from, end: to, slot: 'x', mean, slots };
}

/**
 * Equation 11 with a weighted mean of predictions, asked for at `asked`. As diffusers mixes the predictions as they are, each
 * kind becomes epsilon with numbers of its own.
 */
function table({ start, end, slot, mean, slots }: Row, asked: NoiseLevel, next: NoiseLevel): Step {
  const [alpha, beta] = [start.signal ** 2, start.noise ** 2];
  const along = -(end.signal ** 2 - alpha) / (alpha * end.noise + Math.sqrt(alpha * beta) * end.signal);
  const scale = end.signal / start.signal;
  const { prediction: w0 = 0, e1: w1 = 0, e2: w2 = 0, e3: w3 } = mean;
  const update = ({ x, prediction }: Reading): Update => {
    const [own, factor] = [scale + along * x, prediction * along];
    // Nearly all steps are of this form, which is written out because it is several times faster.
    if (w3 !== undefined)
      return { ...slots, x: { x: own, prediction: w0 * factor, e1: w1 * factor, e2: w2 * factor, e3: w3 * factor } };
    const row: Record<string, number> = { [slot]: own };
    for (const [source, weight] of Object.entries(mean)) row[source] = weight * factor;
    return { ...slots, x: row };
  };
  const { epsilon, v_prediction, sample } = epsilonAt(start) as Record<PredictionType, Reading>;
  const updateBy = { v_prediction: update(v_prediction), sample: update(sample) };
  return { ...stepAt(asked, next, update(epsilon)), updateBy };
}
