import type { Lora } from '../../src/core/lora';
import { ProblemError } from '../../src/core/problem';
import type { TextEncoder, UNet } from '../../src/core/values';
import { listed } from './listed';
import { contextWidthOfLora, widthInWords } from './places';

/**
 * A UNet and, where there is one, its text encoder with a LoRA on top. Layers that none of them has are told in the UNet's notes.
 * Throws a sentence where nothing of the LoRA belongs to them.
 */
export function applyLora(
  { unet, encoder }: { readonly unet: UNet; readonly encoder?: TextEncoder | undefined },
  lora: Lora,
  strength: { readonly unet: number; readonly text: number },
): { readonly unet: UNet; readonly encoder: TextEncoder } {
  const inUNet = unet.withLora?.(lora, strength.unet);
  if (!inUNet) throw finished('unet', `The UNet "${unet.title}"`);
  const inText = encoder?.withLora?.(lora, strength.text);
  if (encoder && !inText) throw finished('encoder', `The text encoder "${encoder.title}"`);

  const placed = new Set([...inUNet.placed, ...(inText?.placed ?? [])]);
  const rest = lora.layers.filter(({ name }) => !placed.has(name));
  const ofText = encoder ? [] : rest.filter(({ part }) => part === 'text-encoder');
  const strange = rest.filter((layer) => !ofText.includes(layer));
  if (placed.size === 0 && strange.length > 0) throw foreign(lora, unet);
  if (placed.size === 0) {
    throw new ProblemError({
      port: 'encoder',
      what: `The LoRA "${lora.title}" changes the text encoder alone, and none is wired here.`,
      cure: 'Wire the text encoder of the checkpoint, too.',
    });
  }
  const notes = [
    ...(ofText.length > 0
      ? [`${ofText.length} layers of "${lora.title}" change the text encoder and are left out, since none is wired.`]
      : []),
    ...(strange.length > 0
      ? [
          `Layers of "${lora.title}" that this model does not have, left out: ${listed(strange.map(({ name }) => name))}.`,
        ]
      : []),
  ];
  // What a loader was told about the UNet is said of this handle alone, and stays.
  const { predictionType, noiseSchedule } = unet;
  return {
    unet: { ...inUNet.network, predictionType, noiseSchedule, notes },
    encoder: inText?.network ?? absentEncoder,
  };
}

function finished(port: string, what: string): ProblemError {
  return new ProblemError({
    port,
    what: `${what} came as a finished graph (ONNX), which no LoRA can enter.`,
    cure: 'Choose the same model as .safetensors: one file or a diffusers folder.',
  });
}

function foreign(lora: Lora, unet: UNet): ProblemError {
  const width = contextWidthOfLora(lora);
  const expects =
    width === undefined
      ? ''
      : ` It expects conditioning of width ${widthInWords(width)}, and this model has ${widthInWords(unet.contextWidth)}.`;
  const [first] = lora.layers;
  return new ProblemError({
    port: 'lora',
    what: `None of the ${lora.layers.length} layers of the LoRA "${lora.title}" is in "${unet.title}"; one of them is "${first?.name}".${expects}`,
    cure: 'It was trained for another family of models: choose a LoRA for this one.',
  });
}

/** What comes out where no text encoder went in: it says so once it is asked. */
const absentEncoder: TextEncoder = {
  key: 'absent',
  title: 'no text encoder',
  width: 0,
  encode() {
    throw new ProblemError({
      port: 'encoder',
      what: 'No text encoder went into Apply LoRA, so none comes out of it.',
      cure: 'Wire a text encoder into Apply LoRA, or this node to the one of the checkpoint.',
    });
  },
};
