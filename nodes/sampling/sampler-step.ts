import { z } from 'zod';
import { linearCombinations } from '../../models/arithmetic';
import { defineNode } from '../../src/core/define-node';
import type { Tensor } from '../../src/core/device';
import { ProblemError } from '../../src/core/problem';
import { drawNoise } from '../../src/diffusion/random';

/** Slots of the sampler's table and the draws that were made so far. */
interface SamplerState {
  readonly slots: Readonly<Record<string, Tensor>>;
  readonly draws: number;
}

export default defineNode({
  type: 'sampling/sampler-step',
  version: 1,
  title: 'Sampler step',
  help: 'Goes from this noise level to the next, by the row of the sampler’s table for this step.',
  formula: 'x′ = a · x + b · denoised + …',
  icon: 'stairs',
  params: z.object({}),
  in: { latent: 'latent', prediction: 'prediction', step: 'step' },
  out: { latent: 'latent', denoised: 'latent' },
  initial: (): SamplerState => ({ slots: {}, draws: 0 }),
  async run({ in: { latent, prediction, step: context }, state, device }) {
    const { step, generator } = context;
    const x = latent.tensor;
    const noise = step.draws ? draw(generator, state.draws) : undefined;
    const toDenoised = step.denoised[prediction.type];
    // Everything is written in terms of what exists before the step, so that one run of one network does it all.
    const inPlain = (terms: Readonly<Record<string, number>>): Record<string, number> => {
      const { denoised = 0, ...rest } = terms;
      if (!denoised) return rest;
      return {
        ...rest,
        x: (rest.x ?? 0) + denoised * toDenoised.x,
        prediction: (rest.prediction ?? 0) + denoised * toDenoised.prediction,
      };
    };
    const sources: Record<string, Tensor> = {
      ...state.slots,
      x,
      prediction: prediction.tensor,
      ...(noise && { noise }),
    };
    const wanted: Record<string, Record<string, number>> = { denoised: inPlain({ denoised: 1 }) };
    const copies = new Map<string, string>();
    for (const [slot, terms] of Object.entries(step.update)) {
      const [only, ...others] = Object.entries(terms);
      // A slot that takes over a tensor as it is needs no computation.
      if (only && !others.length && only[1] === 1) copies.set(slot, only[0]);
      else wanted[`slot ${slot}`] = inPlain(terms);
    }
    const rows = Object.values(wanted);
    const needed = Object.keys(sources).filter((source) => rows.some((terms) => terms[source]));
    const results = await linearCombinations(
      device,
      needed.map((source) => sources[source] as Tensor),
      rows.map((terms) => needed.map((source) => terms[source] ?? 0)),
    );
    const made = Object.fromEntries(Object.keys(wanted).map((name, i) => [name, results[i]]));
    if (noise) device.dispose(noise);
    const slots = Object.fromEntries(
      Object.keys(step.update).map((slot): [string, Tensor] => {
        const source = copies.get(slot);
        const tensor =
          source === undefined ? made[`slot ${slot}`] : source === 'denoised' ? made.denoised : sources[source];
        if (!tensor) throw new Error(`The sampler's table reads "${source}", which no step wrote.`);
        return [slot, tensor];
      }),
    );
    const { x: next = x, ...kept } = slots;
    return {
      latent: { tensor: next },
      denoised: { tensor: made.denoised as Tensor },
      state: { slots: kept, draws: state.draws + (step.draws ? 1 : 0) },
    };

    function draw(from: typeof generator, draws: number): Tensor {
      if (!from)
        throw new ProblemError({
          port: 'latent',
          what: 'This sampler draws noise, but the zone did not start from a Noise node.',
          cure: 'Wire Noise into Denoise start, or choose a sampler without noise.',
        });
      const count = x.dims.reduce((n, dim) => n * dim, 1);
      return device.tensor(drawNoise({ ...from, draws: from.draws + draws }, count).noise, x.dims);
    }
  },
});
