import { ProblemError } from '../../src/core/problem';
import type { TextEncoder, UNet } from '../../src/core/values';
import type { Weights } from '../../src/onnx/weights';
import type { ClipText, ClipTextParts } from '../clip-text';
import type { Tokenizer } from '../tokenizer';
import type { UNetConfig } from '../unet-config';

/** What a graph that trains is built of. Handles on wires only run; these stand behind them. */
export interface TextParts {
  readonly tokenizer: Tokenizer;
  readonly network: ClipText;
}

export interface UNetParts {
  /** Content key of config and weights. */
  readonly key: string;
  readonly config: UNetConfig;
  readonly weights: Weights;
  /** Whether LoRAs change it. */
  readonly changed: boolean;
}

/** Filled where the handles are made. */
export const textParts = new WeakMap<TextEncoder, TextParts>();
export const unetParts = new WeakMap<UNet, UNetParts>();

/** A text encoder and a UNet that gradients go through. */
export interface Trainable {
  readonly tokenizer: Tokenizer;
  /** Tokens in a chunk. */
  readonly length: number;
  /** Of the vectors of tokens. */
  readonly width: number;
  readonly text: ClipTextParts;
  readonly image: UNetParts;
}

/** The parts behind two handles. Throws a sentence where one of them cannot be trained through. */
export function trainable(textEncoder: TextEncoder, unet: UNet): Trainable {
  const behind = textParts.get(textEncoder);
  const text = behind?.network.parts;
  const image = unetParts.get(unet);
  if (!behind || !text || !image) {
    const [port, title] = text ? ['unet', unet.title] : ['encoder', textEncoder.title];
    throw new ProblemError({
      port,
      what: `"${title}" was exported to ONNX by another program, which has no gradients.`,
      cure: 'Choose the same model as safetensors.',
    });
  }
  if (text.changed || image.changed) {
    throw new ProblemError({
      port: image.changed ? 'unet' : 'encoder',
      what: 'A LoRA is applied to this model. What is learned belongs to the model alone.',
      cure: 'Wire the model itself here, and apply the LoRA where pictures are made.',
    });
  }
  const { tokenizer, network } = behind;
  return { tokenizer, length: network.length, width: network.width, text, image };
}
