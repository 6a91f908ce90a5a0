import { z } from 'zod';
import type { NoiseSchedule, PredictionType } from '../src/core/sampler-table';
import { only, parseConfig } from './config';

/**
 * scheduler_config.json, of which only the noise that a model was trained with is used: samplers are chosen in the graph.
 * Unknown fields are therefore allowed, except those that change the noise.
 */
const schema = z.object({
  _class_name: z.string().optional(),
  num_train_timesteps: z.number().int().min(1).max(100_000).default(1000),
  beta_start: z.number().positive().lt(1).default(0.0001),
  beta_end: z.number().positive().lt(1).default(0.02),
  beta_schedule: z.enum(['linear', 'scaled_linear', 'squaredcos_cap_v2']).default('linear'),
  set_alpha_to_one: z.boolean().optional(),
  steps_offset: z.number().int().min(0).max(1000).default(0),
  prediction_type: z.enum(['epsilon', 'v_prediction', 'sample']).default('epsilon'),
  trained_betas: only(null),
  rescale_betas_zero_snr: z.boolean().default(false),
});

export function parseSchedulerConfig(
  json: unknown,
  file = 'scheduler/scheduler_config.json',
): { predictionType: PredictionType; noiseSchedule: NoiseSchedule } {
  const config = parseConfig(schema, json, file);
  return {
    predictionType: config.prediction_type,
    noiseSchedule: {
      trainTimesteps: config.num_train_timesteps,
      betaStart: config.beta_start,
      betaEnd: config.beta_end,
      betaSchedule: config.beta_schedule,
      // The default of PNDMScheduler differs from that of all others.
      setAlphaToOne: config.set_alpha_to_one ?? config._class_name !== 'PNDMScheduler',
      stepsOffset: config.steps_offset,
      ...(config.rescale_betas_zero_snr && { rescaleBetasZeroSnr: true }),
    },
  };
}
