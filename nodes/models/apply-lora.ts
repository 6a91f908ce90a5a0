import { z } from 'zod';
import { applyLora } from '../../models/lora/apply';
import { defineNode } from '../../src/core/define-node';

const strength = (description: string) => z.number().min(-10).max(10).default(1).meta({ step: 0.05, description });

export default defineNode({
  type: 'models/apply-lora',
  version: 1,
  title: 'Apply LoRA',
  help: 'Puts a LoRA on a model. Several may follow one another, and other strengths need no new loading.',
  formula: 'W′ = W + strength · α / r · up · down',
  symbols: {
    W: 'weights of a layer',
    α: 'alpha of the file',
    r: 'rank',
    up: 'thin matrix out of the rank',
    down: 'thin matrix into it',
  },
  alsoCalled: 'Load LoRA, LoraLoader',
  icon: 'layers-union',
  params: z.object({
    strength: strength('How much the UNet is changed; 0 is the model as it was, below 0 is the contrary.'),
    textStrength: strength('How much the text encoder is changed, by LoRAs that change it too.'),
  }),
  in: {
    unet: { kind: 'unet', help: 'The UNet to change.' },
    encoder: {
      kind: 'text-encoder',
      optional: true,
      help: 'Many LoRAs change how words are read, too; without it that part is left out.',
    },
    lora: { kind: 'lora', help: 'The file that changes it.' },
  },
  out: {
    unet: { kind: 'unet', help: 'The UNet with the LoRA on it.' },
    encoder: { kind: 'text-encoder', help: 'The text encoder with the LoRA on it.' },
  },
  run: ({ in: { unet, encoder, lora }, params }) => {
    const applied = applyLora({ unet, encoder }, lora, { unet: params.strength, text: params.textStrength });
    return { unet: applied.unet, encoder: applied.encoder };
  },
});
