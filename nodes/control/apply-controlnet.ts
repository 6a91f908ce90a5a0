import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';
import type { Conditioning, Control } from '../../src/core/values';

const share = z.number().min(0).max(1).meta({ step: 0.05 });

const withControl = (conditioning: Conditioning, control: Control): Conditioning =>
  conditioning.map((entry) => ({ ...entry, control: [...(entry.control ?? []), control] }));

export default defineNode({
  type: 'control/apply-controlnet',
  version: 1,
  title: 'Apply ControlNet',
  help: 'Lets a picture lead: while these prompts steer, the network adds what it sees in the picture. Several may follow one another.',
  alsoCalled: 'ControlNetApply',
  icon: 'route-scan',
  params: z.object({
    strength: z
      .number()
      .min(0)
      .max(10)
      .default(1)
      .meta({ step: 0.05, description: 'How much is added; 0 adds nothing.' }),
    start: share.default(0).describe('From which part of the steps on it counts.'),
    end: share.default(1).describe('Up to which part of the steps it counts.'),
    both: z.boolean().default(false).meta({
      advanced: true,
      description:
        'Lead the negative prompt as well where nothing else leads it, by Match prompts, as ComfyUI’s first node did.',
    }),
    guess: z.boolean().default(false).meta({
      advanced: true,
      description:
        'Guess mode: the picture leads without words. The negative prompt is left alone, and fine structure is led less than coarse.',
    }),
  }),
  in: {
    conditioning: { kind: 'conditioning', help: 'The prompt that the picture leads.' },
    negative: { kind: 'conditioning', optional: true, help: 'The negative prompt, which is led the same way.' },
    controlnet: { kind: 'controlnet', help: 'The network that looks at the picture.' },
    image: { kind: 'image', help: 'What the network was trained to look at: edges, depth, a pose, a scribble.' },
  },
  out: {
    conditioning: { kind: 'conditioning', help: 'The prompt, with what the network adds to the UNet.' },
    negative: { kind: 'conditioning', help: 'The negative prompt, led the same way.' },
  },
  async run({ in: { conditioning, negative = [], controlnet: net, image }, params, device }) {
    const { strength, start, end, guess, both } = params;
    if (start >= end)
      throw new ProblemError({
        port: 'end',
        what: `It would count from ${start} on and up to ${end}, which is never.`,
        cure: 'Choose an end after the start, or a strength of 0.',
      });
    const width = conditioning[0]?.tokens.dims[2];
    if (width !== undefined && width !== net.contextWidth)
      throw new ProblemError({
        port: 'controlnet',
        what: `The ControlNet "${net.title}" expects prompts of width ${net.contextWidth}, and this one has ${width}: it was made for another family of models.`,
        cure: 'Stable Diffusion 1 has 768 and Stable Diffusion 2 has 1024; take a ControlNet for the same one.',
      });
    const [, , height = 0, across = 0] = image.tensor.dims;
    // At other sizes the picture is scaled first, once its size is known: where it meets the latent.
    const fits = height % net.factor === 0 && across % net.factor === 0;
    const seen = fits ? await net.look(device, image.tensor) : undefined;
    const control: Control = {
      net,
      image: image.tensor,
      ...(seen && { seen }),
      strength,
      start,
      end,
      guess,
      ...(both && { both }),
    };
    const alone = guess || net.pooled;
    return {
      conditioning: withControl(conditioning, control),
      negative: alone ? negative : withControl(negative, control),
    };
  },
});
