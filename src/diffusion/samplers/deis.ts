import { keptDenoised } from '../dpm-multistep';
import { multistepOrder, type Row, sumOf } from '../dpm-solver';
import type { Transition } from '../ladder';
import { noisyEnd } from '../ladders/preserving';
import { stepAt } from '../noise-level';
import { CLIPPING } from '../options';
import type { Sampler } from '../sampler';

/**
 * Diffusion exponential integrator sampler, Zhang and Chen 2204.13902, section 3.3 in the variable ln rho: the noise of this
 * evaluation and the ones before it, integrated as a polynomial in ln sigma. It ends at the least noise of the training. On
 * ComfyUI's sigmas it is a polynomial in time, as there (its mode "tab"), and ends without noise.
 */
const deis: Sampler = {
  title: 'DEIS',
  help: 'Extrapolates the noise instead of the picture: good in very few steps, 8 to 20. Leaves a trace of noise.',
  ladder: noisyEnd,
  spacing: 'linspace',
  takes: ['order', 'lowerOrderFinal', ...CLIPPING],
  steps: ({ transitions, skipped, comfyui }, options) => {
    const count = skipped.length + transitions.length;
    return transitions.map((transition, known) => {
      const { from, to } = transition;
      const place = { index: skipped.length + known, count, known, transition };
      const order = multistepOrder(place, { ...options, eulerAtFinal: false });
      const epsilon = { x: 1 / from.noise, denoised: -from.signal / from.noise };
      const sigmas = [from, transitions[known - 1]?.from, transitions[known - 2]?.from]
        .slice(0, order)
        .map((level) => level?.sigma ?? Number.NaN);
      const x = integrate(transition, sigmas, epsilon, comfyui ? shareInTime : shareInLog);
      const { previous, ...older } = keptDenoised(options.order, known);
      return stepAt(from, to, { x, ...(previous && { previous: epsilon }), ...older });
    });
  },
};

export default deis;

type Share = (from: number, to: number, own: number, others: readonly number[]) => number;

/** x'/signal' = x/signal + the integral from sigma to sigma' of the polynomial through the noises at `sigmas`. */
function integrate({ from, to }: Transition, sigmas: readonly number[], epsilon: Readonly<Row>, share: Share): Row {
  const scale = { x: to.signal / from.signal };
  const noises = [epsilon, { previous: 1 }, { oldest: 1 }];
  if (to.sigma === from.sigma) return scale;
  return sumOf(
    [1, scale],
    ...sigmas.map((own, j): [number, Row] => {
      const others = sigmas.filter((_, k) => k !== j);
      return [to.signal * share(from.sigma, to.sigma, own, others), noises[j] as Row];
    }),
  );
}

const shareInLog: Share = (from, to, own, others) => basis(to, own, others) - basis(from, own, others);

/** The integral up to `t` of the Lagrange polynomial in ln t that is 1 at `own` and 0 at `others`, without its constant. */
function basis(t: number, own: number, others: readonly number[]): number {
  const [b, c] = others;
  if (b === undefined) return t;
  const ln = Math.log;
  if (c === undefined) return (t * (ln(t) - ln(b) - 1)) / (ln(own) - ln(b));
  const [x, y] = [ln(b), ln(c)];
  return (t * (ln(t) ** 2 - ln(t) * (x + y + 2) + x * y + x + y + 2)) / ((ln(own) - x) * (ln(own) - y));
}

/** The variance preserving time of EDM (Karras et al. 2206.00364, appendix C.1) that reaches sigma 0.002 at 0.001 and 80 at 1. */
const GROWTH = (2 * (Math.log(0.002 ** 2 + 1) / 1e-3 - Math.log(80 ** 2 + 1))) / (1e-3 - 1);
const BEGIN = Math.log(80 ** 2 + 1) - GROWTH / 2;
const timeOf = (sigma: number): number =>
  (Math.sqrt(BEGIN ** 2 + 2 * GROWTH * Math.log(sigma ** 2 + 1)) - BEGIN) / GROWTH;

/** The integral over sigma of the Lagrange polynomial in time, by Simpson's rule; of first order the length itself. */
function shareInTime(from: number, to: number, own: number, others: readonly number[]): number {
  if (others.length === 0) return to - from;
  const [begin, end, mine] = [timeOf(from), timeOf(to), timeOf(own)];
  const times = others.map(timeOf);
  const intervals = 256;
  const step = (end - begin) / intervals;
  let sum = 0;
  for (let place = 0; place <= intervals; place += 1) {
    const time = begin + place * step;
    const variance = Math.exp(0.5 * GROWTH * time ** 2 + BEGIN * time);
    const slope = ((GROWTH * time + BEGIN) * variance) / (2 * Math.sqrt(variance - 1));
    const polynomial = times.reduce((product, other) => (product * (time - other)) / (mine - other), 1);
    sum += slope * polynomial * (place === 0 || place === intervals ? 1 : place % 2 ? 4 : 2);
  }
  return (sum * step) / 3;
}
