import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import type { Conditioning } from '../../src/core/values';

export default defineNode({
  type: 'conditioning/match',
  version: 1,
  title: 'Match prompts',
  help: 'Gives each prompt with an area a counterpart among the negative ones, and the other way round, as ComfyUI does before it samples.',
  icon: 'equal',
  params: z.object({}),
  in: {
    positive: { kind: 'conditioning', help: 'What the picture is to show.' },
    negative: { kind: 'conditioning', help: 'What it is to keep away from.' },
    latent: { kind: 'latent', optional: true, help: 'In whose cells areas in shares of the picture are told.' },
  },
  out: {
    positive: { kind: 'conditioning', help: 'For the UNet step of the prompt.' },
    negative: { kind: 'conditioning', help: 'For the UNet step of the negative prompt.' },
  },
  async run({ in: { positive, negative, latent }, device }) {
    const { matchConditionings } = await import('../../src/diffusion/match-conditionings');
    if (!latent) return matchConditionings(positive, negative);
    const { resolveAreas } = await import('../../models/prompt-areas');
    const [, , height = 0, width = 0] = latent.tensor.dims;
    const resolve = async (conditioning: Conditioning) =>
      (await resolveAreas(device, conditioning, { width, height })).conditioning;
    return matchConditionings(await resolve(positive), await resolve(negative));
  },
});
