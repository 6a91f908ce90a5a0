import { fractional } from '../ladders/exploding';
import type { Sampler } from '../sampler';
import { alongWeightedSlopes } from '../slopes';

/**
 * iPNDM for uneven steps, as the diff-sampler toolbox has it (`ipndm_v_sampler`, github.com/zju-pi/diff-sampler) and ComfyUI
 * after it: the weights follow the lengths of the last four steps. The last step, to no noise, is the denoised picture.
 */
const ipndmV: Sampler = {
  title: 'iPNDM, uneven steps',
  help: 'iPNDM whose weights follow the lengths of the steps, for Karras sigmas and the like. 10 to 20 steps.',
  ladder: fractional,
  spacing: 'linspace',
  takes: [],
  steps: ({ transitions }) =>
    alongWeightedSlopes(transitions, (index) =>
      weights(
        [0, 1, 2, 3].slice(0, index + 1).map((back) => {
          const one = transitions[index - back];
          return one ? one.to.sigma - one.from.sigma : 0;
        }),
      ),
    ),
};

export default ipndmV;

/** The weights of as many slopes as there are steps, given their lengths, newest first. */
function weights([h, h1, h2, h3]: readonly number[]): number[] {
  if (h === undefined || h1 === undefined) return [1];
  const ratio = h / h1;
  const second = [1 + ratio / 2, -ratio / 2];
  if (h2 === undefined) return second;
  const third = ((1 - (h / (3 * (h + h1))) * ((h * (h + h1)) / (h1 * (h1 + h2)))) / 2) as number;
  const [a = 0, b = 0] = second;
  const r = h1 / h2;
  if (h3 === undefined) return [a + third, b - (1 + r) * third, third * r];
  const fourth =
    (((1 - h / (3 * (h + h1))) / 2 + ((1 - h / (2 * (h + h1))) * h) / (6 * (h + h1 + h2))) *
      (h * (h + h1) * (h + h1 + h2))) /
    (h1 * (h1 + h2) * (h1 + h2 + h3));
  const q = (h1 * (h1 + h2)) / (h2 * (h2 + h3));
  return [
    a + third + fourth,
    b - (1 + r) * third - (1 + r + q) * fourth,
    third * r + (r + q * (1 + h2 / h3)) * fourth,
    -fourth * q * r,
  ];
}
