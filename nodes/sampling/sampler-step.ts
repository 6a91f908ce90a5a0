import { z } from 'zod';
import { linearCombinations } from '../../models/arithmetic';
import { limitDenoised } from '../../models/clipping';
import { defineNode } from '../../src/core/define-node';
import type { Device, Tensor } from '../../src/core/device';
import { ProblemError } from '../../src/core/problem';
import type { PredictionType, Reading, Step } from '../../src/core/sampler-table';
import type { Generator } from '../../src/core/values';
import { drawNoise } from '../../src/diffusion/random';

/** Slots of the sampler's table and the draws that were made so far. */
interface SamplerState {
  readonly slots: Readonly<Record<string, Tensor>>;
  readonly draws: number;
}

type Terms = Readonly<Record<string, number>>;
type Tensors = Readonly<Record<string, Tensor>>;

export default defineNode({
  type: 'sampling/sampler-step',
  version: 1,
  title: 'Sampler step',
  help: 'Goes from this noise level to the next, by the row of the sampler’s table for this step.',
  formula: 'x′ = a · x + b · denoised + …',
  symbols: { x: 'latent', 'x′': 'latent of the next step', a: 'from the table', b: 'from the table' },
  alsoCalled: 'sampler, Euler, DPM++',
  icon: 'stairs',
  params: z.object({}),
  in: {
    latent: { kind: 'latent', help: 'The latent as it is at this step.' },
    prediction: { kind: 'prediction', help: 'What the UNet answered, after guidance.' },
    step: { kind: 'step', help: 'The row of the table for this step.' },
    unguided: {
      kind: 'prediction',
      optional: true,
      help: 'What the UNet answered to the negative prompt alone, for samplers with CFG++; others leave it aside.',
    },
  },
  out: {
    latent: { kind: 'latent', help: 'The latent at the next noise level.' },
    denoised: { kind: 'latent', help: 'The picture that the model expects at the end, as it sees it now.' },
  },
  foresee: ({ sizes: { latent } }) => ({ sizes: { latent, denoised: latent } }),
  initial: (): SamplerState => ({ slots: {}, draws: 0 }),
  async run({ in: { latent, prediction, step: context, unguided }, state, device }) {
    const { step, generator } = context;
    const { type } = prediction;
    const x = latent.tensor;
    const noise = step.draws ? draw(device, generator, state.draws, x.dims) : undefined;
    const sources: Tensors = {
      ...state.slots,
      x,
      prediction: prediction.tensor,
      ...(noise && { noise }),
      ...(unguided && { negative: unguided.tensor }),
    };
    const update = step.updateBy?.[type] ?? step.update;
    const alone = Object.values(update).some((terms) => terms.unguided);
    if (alone && (!unguided || unguided.type !== type))
      throw new ProblemError({
        port: 'unguided',
        what: 'This sampler goes back along what the negative prompt alone sees (CFG++), and has no such prediction.',
        cure: 'Wire the UNet step of the negative prompt here, or turn CFG++ off in the scheduler.',
      });
    const toDenoised = readingOf(step, 'denoised', type);
    const { denoised, slots } =
      step.clip === undefined && !step.threshold
        ? await atOnce(device, sources, update, (terms) => expand(terms, step, type, toDenoised))
        : await limited(device, sources, update, step, type);
    if (noise && !Object.values(slots).includes(noise)) device.dispose(noise);
    const { x: next = x, ...kept } = slots;
    return {
      latent: { tensor: next },
      denoised: { tensor: denoised },
      state: { slots: kept, draws: state.draws + (step.draws ? 1 : 0) },
    };
  },
});

/** The denoised picture and all slots in terms of what exists before the step, so that one run of one network does it all. */
async function atOnce(device: Device, sources: Tensors, update: Step['update'], plain: (terms: Terms) => Terms) {
  const { made, slots } = await combine(device, sources, update, plain, { denoised: plain({ denoised: 1 }) });
  const { denoised } = made as { denoised: Tensor };
  return { denoised, slots: slots({ ...sources, denoised }) };
}

/** The denoised picture first, as its bounds are not linear; then the slots. */
async function limited(device: Device, sources: Tensors, update: Step['update'], step: Step, type: PredictionType) {
  const reading = readingOf(step, 'denoised', type);
  const { made } = await combine(device, sources, {}, (terms) => terms, { free: { ...reading } });
  const { free } = made as { free: Tensor };
  const denoised = (await limitDenoised(device, free, step)) ?? free;
  if (denoised !== free) device.dispose(free);
  const all = { ...sources, denoised };
  const { slots } = await combine(device, all, update, (terms) => expand(terms, step, type), {});
  return { denoised, slots: slots(all) };
}

/** What the slots become, each a linear combination of the sources, and other combinations with them. */
async function combine(
  device: Device,
  sources: Tensors,
  update: Step['update'],
  plain: (terms: Terms) => Terms,
  others: Readonly<Record<string, Terms>>,
) {
  const wanted: Record<string, Terms> = { ...others };
  const copies = new Map<string, string>();
  for (const [slot, terms] of Object.entries(update)) {
    const [only, ...more] = Object.entries(terms);
    // A slot that takes over a tensor as it is needs no computation.
    if (only && !more.length && only[1] === 1 && only[0] !== 'epsilon' && only[0] !== 'unguided')
      copies.set(slot, only[0]);
    else wanted[`slot ${slot}`] = plain(terms);
  }
  const rows = Object.values(wanted);
  const unknown = rows.flatMap((terms) => Object.keys(terms)).find((source) => !sources[source]);
  if (unknown) throw new Error(`The sampler's table reads "${unknown}", which no step wrote.`);
  const needed = Object.keys(sources).filter((source) => rows.some((terms) => terms[source]));
  const results = rows.length
    ? await linearCombinations(
        device,
        needed.map((source) => sources[source] as Tensor),
        rows.map((terms) => needed.map((source) => terms[source] ?? 0)),
      )
    : [];
  const made = Object.fromEntries(Object.keys(wanted).map((name, i) => [name, results[i] as Tensor]));
  const slots = (known: Tensors) =>
    Object.fromEntries(
      Object.keys(update).map((slot): [string, Tensor] => {
        const copied = copies.get(slot);
        const tensor = copied === undefined ? made[`slot ${slot}`] : known[copied];
        if (!tensor) throw new Error(`The sampler's table reads "${copied}", which no step wrote.`);
        return [slot, tensor];
      }),
    );
  return { made, slots };
}

/** `epsilon`, `unguided` and, where its reading is given, `denoised` written out in what they are made of. */
function expand(terms: Terms, step: Step, type: PredictionType, toDenoised?: Reading): Terms {
  const { epsilon = 0, denoised = 0, unguided = 0, ...rest } = terms;
  const plain: Record<string, number> = { ...rest };
  const add = (factor: number, reading: Reading) => {
    if (!factor) return;
    for (const [source, coefficient] of Object.entries(reading))
      plain[source] = (plain[source] ?? 0) + factor * (coefficient as number);
  };
  if (toDenoised) add(denoised, toDenoised);
  else if (denoised) plain.denoised = denoised;
  if (epsilon) add(epsilon, readingOf(step, 'epsilon', type));
  if (unguided) {
    const { prediction: negative, ...reading } = readingOf(step, 'denoised', type);
    add(unguided, { ...reading, negative } as Reading & { negative: number });
  }
  return plain;
}

function readingOf(step: Step, source: 'denoised' | 'epsilon', type: PredictionType): Reading {
  const reading = step[source]?.[type];
  if (reading) return reading;
  throw new ProblemError({
    port: 'prediction',
    what: `At timestep ${step.timestep} a prediction of ${type === 'epsilon' ? 'noise' : 'the picture'} does not tell the ${source === 'epsilon' ? 'noise' : 'picture'}: there is no ${source === 'epsilon' ? 'noise' : 'signal'} left.`,
    cure: 'Take a model with v-prediction, or another spacing.',
  });
}

function draw(device: Device, from: Generator | undefined, draws: number, dims: readonly number[]): Tensor {
  if (!from)
    throw new ProblemError({
      port: 'latent',
      what: 'This sampler draws noise, but the zone did not start from a Noise node.',
      cure: 'Wire Noise into Denoise start, or choose a sampler without noise.',
    });
  const count = dims.reduce((n, dim) => n * dim, 1);
  return device.tensor(drawNoise({ ...from, draws: from.draws + draws }, count).noise, dims);
}
