import { z } from 'zod';
import '../core/define-node';

/**
 * What samplers can be told besides steps and noise levels. Each option is declared here once, and a sampler says which ones
 * it `takes`; the Scheduler node makes its parameters of both.
 */
export const samplerOptions = {
  eta: z.number().min(0).max(1).default(0).meta({ step: 0.05, description: 'Share of fresh noise in each step.' }),
  gamma: z
    .number()
    .min(0)
    .max(1)
    .default(0.3)
    .meta({ step: 0.05, description: 'How far each step overshoots before fresh noise is added; 0 adds none.' }),
  order: z
    .int()
    .min(1)
    .max(3)
    .default(2)
    .meta({ description: 'How many evaluations a step looks back on: higher is more exact, and less steady.' }),
  solver: z
    .enum(['midpoint', 'heun'])
    .default('midpoint')
    .meta({ description: 'How the change of the denoised picture enters a step of second order.' }),
  variant: z
    .enum(['bh2', 'bh1'])
    .default('bh2')
    .meta({ description: 'The scale B(h) of the corrector: bh2 for few steps, bh1 for guided pictures in very few.' }),
  lowerOrderFinal: z
    .boolean()
    .default(true)
    .meta({ description: 'Take lower orders in the last steps when there are fewer than 15; steadier.' }),
  eulerAtFinal: z.boolean().default(false).meta({ description: 'Take first order in the last step.' }),
  cfgPlusPlus: z.boolean().default(false).meta({
    description:
      'Go back to the next noise level along what the negative prompt alone sees (CFG++), with a scale of 1 to 2. Wire that prediction to the sampler step.',
  }),
  finalSigma: z
    .enum(['zero', 'sigma_min'])
    .default('zero')
    .meta({ description: 'Where the last step ends: without noise, or at the least noise of the training.' }),
  variance: z
    .enum(['fixed_small', 'fixed_large'])
    .default('fixed_small')
    .meta({ description: 'How much noise each step adds: the posterior’s, or beta.' }),
  rungeKutta: z
    .boolean()
    .default(false)
    .meta({ description: 'Take the first three steps with four evaluations each, as the paper does.' }),
  churn: z
    .number()
    .min(0)
    .max(1000)
    .default(0)
    .meta({ step: 0.5, description: 'How much noise is added over all steps before they take it away again.' }),
  churnFrom: z
    .number()
    .min(0)
    .max(100_000)
    .default(0)
    .meta({ step: 0.1, description: 'The smallest sigma at which noise is added.' }),
  churnTo: z
    .number()
    .min(0)
    .max(100_000)
    .default(100_000)
    .meta({ step: 0.1, description: 'The largest sigma at which noise is added.' }),
  churnNoise: z
    .number()
    .min(0)
    .max(2)
    .default(1)
    .meta({ step: 0.001, description: 'Scale of the added noise; a little above 1 keeps detail.' }),
  clipping: z
    .enum(['none', 'range', 'dynamic'])
    .default('none')
    .meta({ description: 'Keep the denoised picture in bounds; for models of pixels, latents need none.' }),
  clipRange: z
    .number()
    .gt(0)
    .max(1000)
    .default(1)
    .meta({ step: 0.1, description: 'Bound of the denoised picture, when clipping is "range".' }),
  thresholdQuantile: z
    .number()
    .min(0)
    .max(1)
    .default(0.995)
    .meta({ step: 0.005, description: 'Share of the values that stay within the bound, when clipping is "dynamic".' }),
  thresholdMaximum: z
    .number()
    .min(1)
    .max(1000)
    .default(1)
    .meta({ step: 0.1, description: 'The largest bound, when clipping is "dynamic".' }),
};

const schema = z.object(samplerOptions);

export type SamplerOptions = z.output<typeof schema>;
export type OptionName = keyof SamplerOptions;

export const optionNames = Object.keys(samplerOptions) as OptionName[];

/** For samplers that may bring the denoised picture between fixed bounds, and those that may set the bounds by what is in it. */
export const CLIPPING = ['clipping', 'clipRange', 'thresholdQuantile', 'thresholdMaximum'] as const;

/** Fills in defaults. Throws a sentence that names the option whose value is out of bounds. */
export function parseOptions(given: Readonly<Partial<Record<OptionName, unknown>>>): SamplerOptions {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0]) as OptionName;
  throw new Error(`The option "${name}" is ${JSON.stringify(given[name])}, which does not fit: ${issue?.message}.`);
}
