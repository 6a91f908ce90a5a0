import type { Step } from '../../core/sampler-table';
import { eulerRow } from '../ancestral';
import { fractional } from '../ladders/exploding';
import type { NoiseLevel } from '../noise-level';
import { stepAt } from '../noise-level';
import type { Sampler } from '../sampler';

/** What the slope at a level is: d = (x - x0) / sigma, times a factor. */
const slopeAt = ({ sigma }: NoiseLevel, factor = 1) => ({ x: factor / sigma, denoised: -factor / sigma });

/**
 * Heun++ (Carzit's sd-webui-samplers-scheduler, in ComfyUI as `heunpp2`): Heun's slope and one more from the level after it,
 * weighted by their sigmas over the largest, so that later levels count little. Two slopes in the last step but one, and
 * Euler's in the last.
 */
const heunpp2: Sampler = {
  title: 'Heun++',
  help: 'Looks three times before each step, which steadies the first ones most. Three times the time of Euler; 10 to 15 steps.',
  ladder: fractional,
  spacing: 'linspace',
  takes: [],
  steps: ({ transitions }) => {
    const top = transitions[0]?.from.sigma ?? 1;
    return transitions.flatMap(({ from, to }, index): Step[] => {
      const x = eulerRow(from.sigma, to.sigma);
      const after = transitions[index + 1]?.to;
      const length = to.sigma - from.sigma;
      if (!after) return [stepAt(from, to, { x })];
      if (index === transitions.length - 2) {
        const second = to.sigma / (2 * top);
        return [
          stepAt(from, to, { x, start: { x: 1 }, slope: slopeAt(from, 1 - second) }),
          stepAt(to, to, { x: { start: 1, slope: length, ...slopeAt(to, second * length) } }),
        ];
      }
      const [second, third] = [to.sigma / (3 * top), after.sigma / (3 * top)];
      return [
        stepAt(from, to, { x, start: { x: 1 }, slope: slopeAt(from, 1 - second - third) }),
        stepAt(to, after, {
          x: eulerRow(to.sigma, after.sigma),
          start: { start: 1 },
          slope: { slope: 1, ...slopeAt(to, second) },
        }),
        stepAt(after, to, { x: { start: 1, slope: length, ...slopeAt(after, third * length) } }),
      ];
    });
  },
};

export default heunpp2;
