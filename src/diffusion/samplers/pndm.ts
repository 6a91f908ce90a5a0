import type { PredictionType, Reading, Step, Update } from '../../core/values';
import type { Descent } from '../ladder';
import { pndmLadder } from '../ladders/pndm';
import { epsilonAt, type NoiseLevel, stepAt } from '../noise-level';
import type { Sampler } from '../sampler';

type Row = Readonly<Record<string, number>>;

/** Adams and Bashforth's weights of the newest prediction and the ones before it. */
const WEIGHTS: readonly Row[] = [
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
    const rows = rungeKutta ? rungeKuttaStart(descent) : repeatedStart(descent);
    return rows.map((row, call) => ({ ...row, next: rows[call + 1]?.level ?? row.next }));
  },
};

export default pndm;

function repeatedStart({ transitions, trained }: Descent): Step[] {
  const stride = (transitions[0]?.from.timestep ?? 0) - (transitions[0]?.to.timestep ?? 0);
  return transitions.map(({ from, to }, call) => {
    if (call === 0) return row(from, from, to, 'x', { prediction: 1 }, { start: { x: 1 }, e1: { prediction: 1 } });
    if (call > 1) return multistep(from, to, Math.min(call, 4));
    // The first step once more, now that the prediction at its end is known.
    const start = trained.levelAt(from.timestep + stride);
    return row(from, start, from, 'start', { prediction: 0.5, e1: 0.5 }, { e1: { e1: 1 } });
  });
}

function rungeKuttaStart({ transitions, trained }: Descent): Step[] {
  const stride = (transitions[0]?.from.timestep ?? 0) - (transitions[0]?.to.timestep ?? 0);
  return transitions.map(({ from, to }, call) => {
    if (call >= 12) return multistep(from, to, 4);
    const group = Math.floor(call / 4);
    const start = transitions[group * 4]?.from ?? from;
    const end = trained.levelAt(from.timestep - (call % 2 ? 0 : Math.floor(stride / 2)));
    const older = Object.fromEntries(
      Array.from({ length: call % 4 ? group + 1 : group }, (_, j) => [
        `e${call % 4 ? j + 1 : j + 2}`,
        { [`e${j + 1}`]: 1 },
      ]),
    );
    const kept = { start: { start: 1 }, ...older };
    if (call % 4 === 0)
      return row(
        from,
        start,
        end,
        'x',
        { prediction: 1 },
        { ...kept, start: { x: 1 }, e1: { prediction: 1 }, sum: { prediction: 1 / 6 } },
      );
    if (call % 4 === 3) return row(from, start, end, 'start', { prediction: 1 / 6, sum: 1 }, older);
    return row(from, start, end, 'start', { prediction: 1 }, { ...kept, sum: { sum: 1, prediction: 1 / 3 } });
  });
}

/** How the predictions e1, e2, e3 move up by one, by how many there are with this one. */
const MOVED: readonly Update[] = [
  {},
  { e1: { prediction: 1 } },
  { e1: { prediction: 1 }, e2: { e1: 1 } },
  { e1: { prediction: 1 }, e2: { e1: 1 }, e3: { e2: 1 } },
];

/** A step with `count` predictions: this one and those in the slots. */
function multistep(from: NoiseLevel, to: NoiseLevel, count: number): Step {
  return row(from, from, to, 'x', WEIGHTS[count - 1] as Row, MOVED[Math.min(count, 3)] as Update);
}

/**
 * Asks at `asked` and goes from `start`, where `slot` lies, to `end`: equation 11 with a weighted mean of predictions. As
 * diffusers mixes the predictions as they are, each kind becomes epsilon with numbers of its own.
 */
function row(
  asked: NoiseLevel,
  start: NoiseLevel,
  end: NoiseLevel,
  slot: 'x' | 'start',
  mean: Row,
  slots: Update,
): Step {
  const [alpha, beta] = [start.signal ** 2, start.noise ** 2];
  const along = -(end.signal ** 2 - alpha) / (alpha * end.noise + Math.sqrt(alpha * beta) * end.signal);
  const sources = Object.keys(mean);
  const update = ({ x, prediction }: Reading): Update => {
    const shift = end.signal / start.signal + along * x;
    const next: Record<string, number> = slot === 'x' ? { x: shift } : { start: shift };
    for (const source of sources) next[source] = (mean[source] as number) * prediction * along;
    return { ...slots, x: next };
  };
  const { epsilon, v_prediction, sample } = epsilonAt(start) as Record<PredictionType, Reading>;
  return {
    ...stepAt(asked, end, update(epsilon)),
    updateBy: { v_prediction: update(v_prediction), sample: update(sample) },
  };
}
