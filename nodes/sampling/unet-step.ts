import { z } from 'zod';
import { inpaintingInput } from '../../models/mask-arithmetic';
import { pictureMemory } from '../../models/picture-memory';
import { predictTogether } from '../../models/predict-together';
import { defineNode } from '../../src/core/define-node';
import type { Device, Tensor } from '../../src/core/device';
import { ProblemError } from '../../src/core/problem';
import type { Conditioning, Latent, Mask, StepContext, UNet } from '../../src/core/values';
import { entriesAt } from '../../src/diffusion/prompt/conditioning-at';
import { countsAt } from '../../src/diffusion/prompt/range';

/** What of a prompt holds at this step. */
function heldAt(conditioning: Conditioning, step: StepContext, unet: UNet): Conditioning {
  if (conditioning.length > 0)
    return entriesAt(conditioning, step).filter(({ range }) => countsAt(range, step.step.sigma, unet.noiseSchedule));
  throw new ProblemError({
    port: 'conditioning',
    what: 'This is the negative prompt of an Apply ControlNet into which none went.',
    cure: 'Wire the negative prompt into Apply ControlNet, or straight to this node.',
  });
}

/** A grey picture as Stable Diffusion's autoencoder encodes it, by channel: what ComfyUI shows where there is none. */
const GREY = [0.8223, -0.6876, 0.6364, 0.138];

/** ComfyUI's way: a picture with a noise mask in the place of both inputs, or where it has none all of it to be repainted. */
function fromPicture(device: Device, { tensor, mask }: Latent): { mask: Tensor; masked: Tensor; made: Tensor[] } {
  if (mask) return { mask, masked: tensor, made: [] };
  const [, , height = 1, width = 1] = tensor.dims;
  const area = height * width;
  const grey = new Float32Array(GREY.length * area);
  for (const [channel, value] of GREY.entries()) grey.fill(value, channel * area, (channel + 1) * area);
  const whole = device.tensor(new Float32Array(area).fill(1), [1, 1, height, width]);
  const masked = device.tensor(grey, [1, GREY.length, height, width]);
  return { mask: whole, masked, made: [whole, masked] };
}

/** The latent with the mask and the masked picture beside it, where the UNet is one that looks at them. */
async function inpaintingLatent(device: Device, inputs: InpaintingInputs, latent: Tensor): Promise<Tensor | undefined> {
  const { unet, mask, masked, picture } = inputs;
  if (unet.inputChannels > unet.latentChannels && !mask && !masked && picture) {
    const { made, ...beside } = fromPicture(device, picture);
    const input = await inpaintingInput(device, { latent, ...beside }, 'bilinear');
    for (const tensor of made) device.dispose(tensor);
    return input;
  }
  const extra = inpaintingPart(inputs);
  return extra && inpaintingInput(device, { latent, ...extra });
}

/** The mask and the masked picture, where the UNet is one that looks at them. */
function inpaintingPart({ unet, mask, masked }: InpaintingInputs): { mask: Tensor; masked: Tensor } | undefined {
  const looks = unet.inputChannels > unet.latentChannels;
  if (looks && mask && masked) return { mask: mask.tensor, masked: masked.tensor };
  if (looks)
    throw new ProblemError({
      port: mask ? 'masked' : 'mask',
      what: `The UNet "${unet.title}" is an inpainting model, which looks at a mask and at the masked picture.`,
      cure: 'Wire the mask, and the picture through Grey out and VAE encode, or choose another model.',
    });
  if (mask || masked)
    throw new ProblemError({
      port: mask ? 'mask' : 'masked',
      what: `The UNet "${unet.title}" is no inpainting model: it cannot look at a mask.`,
      cure: 'Put Mask blend after the sampler step instead, or choose an inpainting model.',
    });
  return undefined;
}

/** Whether one run of the UNet answers it: one prompt that counts everywhere alike. */
const isPlain = (entries: Conditioning): boolean =>
  entries.length === 1 && entries.every(({ area, mask, strength }) => !area && !mask && strength !== 0);

interface InpaintingInputs {
  readonly unet: UNet;
  readonly mask: Mask | undefined;
  readonly masked: Latent | undefined;
  readonly picture: Latent | undefined;
}

export default defineNode({
  type: 'sampling/unet-step',
  version: 1,
  title: 'UNet step',
  formula: 'prediction = UNet(s · x, t, words)',
  symbols: { x: 'latent', s: 'input scale of the step', t: 'timestep' },
  help: 'Asks the UNet once what noise it sees in the latent, given the words. Steps that differ only in the words run together.',
  icon: 'schema',
  params: z.object({}),
  in: {
    conditioning: { kind: 'conditioning', help: 'The prompt, as the text encoder gives it.' },
    unet: { kind: 'unet', help: 'The model that is asked.' },
    latent: { kind: 'latent', help: 'The latent to look at.' },
    step: { kind: 'step', help: 'The noise level that the latent has.' },
    mask: { kind: 'mask', optional: true, help: 'For inpainting models: what is repainted.' },
    masked: {
      kind: 'latent',
      optional: true,
      help: 'For inpainting models: the picture with what is repainted greyed out, encoded.',
    },
    picture: {
      kind: 'latent',
      optional: true,
      help: 'For inpainting models in ComfyUI’s way: the encoded picture with its noise mask, in place of the two above. Other models leave it aside.',
    },
    guided: {
      kind: 'boolean',
      optional: true,
      help: 'For the negative prompt, from a guidance curve: where it says no the UNet is not asked, which saves half of the time, and the prediction is that of the prompt.',
    },
  },
  out: { prediction: { kind: 'prediction', help: 'What the model answers: the noise it sees, or the velocity.' } },
  foreseeMemory({ in: { unet }, sizes: { latent }, together, device }) {
    if (!unet || !latent) return undefined;
    return pictureMemory('latent', latent, ({ width, height, count = 1 }) =>
      unet.need?.(device, [count, unet.latentChannels, height, width], together),
    );
  },
  together: {
    same: ['unet', 'latent', 'step', 'mask', 'masked', 'picture'],
    async run({ runs, device }) {
      const [first] = runs;
      if (!first) return [];
      const { unet } = first;
      const { inputScale, timestep } = first.step.step;
      // Where nothing guides, both predictions are the same: CFG then changes nothing, whatever its scale.
      const asked = runs.filter(({ guided }) => guided !== false);
      const evaluated = asked.length ? asked : runs;
      const held = evaluated.map(({ conditioning, step }) => heldAt(conditioning, step, unet));
      const { index, count } = first.step;
      const noisy = first.latent.tensor;
      const beside = await inpaintingLatent(device, first, noisy);
      const latent = beside ?? noisy;
      const asks = { latent, inputScale, timestep };
      let tensors: readonly Tensor[];
      if (held.every(isPlain)) {
        const entries = held.flat();
        const controlled = { controls: entries.map(({ control = [] }) => control), noisy, index, count };
        const contexts = entries.map(({ tokens }) => tokens);
        tensors = await predictTogether(device, unet, { ...asks, contexts, controlled });
      } else {
        const { predictAreas } = await import('../../models/predict-areas');
        const reading = first.step.step.denoised[unet.predictionType] ?? { x: 0, prediction: 1 };
        tensors = await predictAreas(device, unet, held, { ...asks, noisy, index, count, reading });
      }
      if (beside) device.dispose(beside);
      return runs.map((run) => {
        const tensor = tensors[Math.max(0, evaluated.indexOf(run))];
        if (!tensor) throw new Error('The UNet answered fewer prompts than it was asked.');
        return { prediction: { tensor, type: unet.predictionType } };
      });
    },
  },
});
