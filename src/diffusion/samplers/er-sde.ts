import { type Row, sumOf } from '../dpm-solver';
import { fractional } from '../ladders/exploding';
import { stepAt } from '../noise-level';
import type { Sampler } from '../sampler';

/** How much noise the reverse equation has at a level: ER-SDE 5 of the paper's table 2. */
const noiseScale = (sigma: number): number => sigma * (Math.exp(sigma ** 0.3) + 10);

/** The integral of `value` over the noise scale, from one sigma down to another: by Simpson's rule in ln sigma. */
function integrate(from: number, to: number, value: (sigma: number) => number): number {
  const at = (sigma: number) => value(sigma) / noiseScale(sigma);
  const intervals = 16;
  const step = Math.log(from / to) / intervals;
  let sum = 0;
  for (let place = 0; place <= intervals; place += 1) {
    const sigma = to * Math.exp(place * step);
    sum += at(sigma) * sigma * (place === 0 || place === intervals ? 1 : place % 2 ? 4 : 2);
  }
  // The authors, and ComfyUI after them, sum up 200 points from the lower end on, which is off by this.
  const off = ((from - to) / 400) * (at(to) - at(from));
  return (sum * step) / 3 + off;
}

/**
 * Extended reverse-time SDE solver of third order, Cui et al. 2309.06169, algorithm 3: the denoised picture and its first two
 * differences, integrated with the paper's noise scale; fresh noise fills up what is missing at the next level. The last step,
 * to no noise, is the denoised picture.
 */
const erSde: Sampler = {
  title: 'ER-SDE',
  help: 'A stochastic solver of third order that stays good in few steps: 10 to 25.',
  ladder: fractional,
  spacing: 'linspace',
  takes: [],
  steps: ({ transitions }) =>
    transitions.map(({ from, to }, index) => {
      if (to.sigma === 0) return stepAt(from, to, { x: { denoised: 1 } });
      const ratio = noiseScale(to.sigma) / noiseScale(from.sigma);
      const length = to.sigma - from.sigma;
      const integral = (value: (sigma: number) => number) =>
        noiseScale(to.sigma) * integrate(from.sigma, to.sigma, value);
      let x: Row = { x: ratio, denoised: 1 - ratio };
      const sigmaBefore = (back: number) => transitions[index - back]?.from.sigma;
      const [last, older] = [sigmaBefore(1), sigmaBefore(2)];
      let slope: Row | undefined;
      if (last !== undefined) {
        slope = { denoised: 1 / (from.sigma - last), previous: -1 / (from.sigma - last) };
        x = sumOf([1, x], [length + integral(() => 1), slope]);
        if (older !== undefined) {
          const bend = sumOf([1, slope], [-1, { slope: 1 }]);
          const share = length ** 2 / 2 + integral((sigma) => sigma - from.sigma);
          x = sumOf([1, x], [(2 * share) / (from.sigma - older), bend]);
        }
      }
      x.noise = Math.sqrt(Math.max(to.sigma ** 2 - (from.sigma * ratio) ** 2, 0));
      return stepAt(from, to, { x, previous: { denoised: 1 }, ...(slope && { slope }) }, true);
    }),
};

export default erSde;
