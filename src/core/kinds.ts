import type { Lora } from './lora';
import type { Schedule } from './sampler-table';
import type {
  Conditioning,
  ControlNet,
  Embedding,
  Image,
  Latent,
  Mask,
  Prediction,
  StepContext,
  TextEncoder,
  Trajectory,
  UNet,
  Vae,
} from './values';

/** What may travel on a wire, by kind. Adding a kind is adding a line here and one in `kinds`. */
export interface KindValues {
  text: string;
  number: number;
  integer: number;
  boolean: boolean;
  image: Image;
  mask: Mask;
  latent: Latent;
  conditioning: Conditioning;
  prediction: Prediction;
  schedule: Schedule;
  step: StepContext;
  trajectory: Trajectory;
  'text-encoder': TextEncoder;
  unet: UNet;
  vae: Vae;
  controlnet: ControlNet;
  embedding: Embedding;
  lora: Lora;
}

export type Kind = keyof KindValues;
export type ValueOf<K extends Kind> = KindValues[K];

/** The family of a kind, told by the shape of its socket: scalar, picture, tensor, time, model, add-on. */
export type SocketShape = 'circle' | 'square' | 'diamond' | 'triangle' | 'hexagon' | 'cross';

export interface KindInfo {
  readonly shape: SocketShape;
  /** One line: what a value of this kind is. */
  readonly meaning: string;
  /** As it stands in a sentence: "an image", "conditioning". */
  readonly phrase: string;
}

export const kinds: Readonly<Record<Kind, KindInfo>> = {
  text: { shape: 'circle', meaning: 'words', phrase: 'text' },
  number: { shape: 'circle', meaning: 'a real number', phrase: 'a number' },
  integer: { shape: 'circle', meaning: 'a whole number', phrase: 'a whole number' },
  boolean: { shape: 'circle', meaning: 'yes or no', phrase: 'a yes or no' },
  image: { shape: 'square', meaning: 'RGB, 0 to 1', phrase: 'an image' },
  mask: { shape: 'square', meaning: 'one channel, 0 to 1', phrase: 'a mask' },
  latent: { shape: 'diamond', meaning: 'the model’s picture space', phrase: 'a latent' },
  conditioning: { shape: 'diamond', meaning: 'what the prompt became', phrase: 'conditioning' },
  prediction: { shape: 'diamond', meaning: 'what the UNet answers', phrase: 'a prediction' },
  schedule: { shape: 'triangle', meaning: 'all noise levels', phrase: 'a schedule' },
  step: { shape: 'triangle', meaning: 'this noise level', phrase: 'a step' },
  trajectory: { shape: 'triangle', meaning: 'every step, kept', phrase: 'a trajectory' },
  'text-encoder': { shape: 'hexagon', meaning: 'model that reads words', phrase: 'a text encoder' },
  unet: { shape: 'hexagon', meaning: 'model that finds the noise', phrase: 'a UNet' },
  vae: { shape: 'hexagon', meaning: 'model between pictures and latents', phrase: 'a VAE' },
  controlnet: { shape: 'hexagon', meaning: 'model that follows a picture', phrase: 'a ControlNet' },
  embedding: { shape: 'cross', meaning: 'a learned word', phrase: 'an embedding' },
  lora: { shape: 'cross', meaning: 'a learned change of a model', phrase: 'a LoRA' },
};

/** Whether a value of kind `from` is already a value of kind `to`. A whole number is a number. */
export const fits = (from: Kind, to: Kind): boolean => from === to || (from === 'integer' && to === 'number');
