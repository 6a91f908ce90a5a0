import type { Device, MemoryNeed, Tensor } from './device';
import type { TakesLora } from './lora';
import type { NoiseSchedule, PredictionType, Step } from './sampler-table';

/** A place in the stream of a seeded, torch-compatible generator: who draws next continues from here. */
export interface Generator {
  /** Decimal, 0 to 2^64 - 1. */
  readonly seed: string;
  /** Where every image of the batch has a stream of its own: their seeds, in order; `seed` is then the first. */
  readonly seeds?: readonly string[];
  /** Elements of the tensors of other sizes that each stream drew first: an encoder that sampled, images left out. */
  readonly before?: readonly number[];
  /** How many normal tensors of the latent's shape were drawn after those. */
  readonly draws: number;
}

/** A latent in the model's space (already scaled), NCHW float32 `[n, c, h, w]`. */
export interface Latent {
  readonly tensor: Tensor;
  /** The generator that made its noise, which samplers that draw noise go on with. */
  readonly generator?: Generator;
  /** `[1 or n, 1, h, w]` in 0..1: what ComfyUI's samplers repaint of it; 1 is repainted, and all is where it is absent. */
  readonly mask?: Tensor;
}

/** RGB `[n, 3, h, w]` float32 in 0..1. */
export interface Image {
  readonly tensor: Tensor;
}

/** `[n, 1, h, w]` float32 in 0..1; 1 is repainted. */
export interface Mask {
  readonly tensor: Tensor;
}

export interface Token {
  readonly id: number;
  /** As the tokenizer spells it, `gorilla</w>`. */
  readonly text: string;
}

/** A token of a prompt, as the token strip shows it. */
export interface PromptToken extends Token {
  /** How much it counts; 1 unless the prompt says otherwise. */
  readonly weight: number;
  /** The learned word of whose vectors one, its `row`, stands here in place of the token's own. */
  readonly learned?: { readonly word: string; readonly row: number };
}

/** What was read of a prompt. */
export interface TokenStrip {
  /** For each chunk of the text encoder what stands between its start and its end, without padding. */
  readonly chunks: readonly (readonly PromptToken[])[];
  /** The part of the prompt that did not fit, empty when all of it did. */
  readonly cut: string;
  /** Names that the prompt calls embeddings and that nothing stands for: `<name>`, read as it is, `embedding:name`, left out. */
  readonly unknown: readonly string[];
}

/** What a prompt became. */
export type Conditioning = readonly {
  /** `[1, 77k, d]` float32. */
  readonly tokens: Tensor;
  readonly strip: TokenStrip;
  /** The evaluations `at` of a loop of `count` for which this entry holds; all evaluations of any loop where absent. */
  readonly during?: { readonly count: number; readonly at: readonly number[] };
  /** Networks that look at pictures while this entry holds, in the order in which they were applied. */
  readonly control?: readonly Control[];
  /** Where it counts; everywhere where absent. Entries that hold at one time are mixed by how much each counts where. */
  readonly area?: Area;
  /** How much it counts beside others; 1 where absent. */
  readonly strength?: number;
  /** Where it counts, finer than an area: `[1 or n, 1, h, w]` in 0..1, times `strength`. */
  readonly mask?: { readonly tensor: Tensor; readonly strength: number; readonly bounds: boolean };
  /** Of the way from noise (0) to picture (1) along the timesteps of the training: where it counts. */
  readonly range?: { readonly start: number; readonly end: number };
}[];

/** A rectangle of a picture: in cells of its latent, or in shares of its width and height. */
export interface Area {
  readonly unit: 'cells' | 'share';
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** How weights and other signs in a prompt are read: as diffusers (no signs), AUTOMATIC1111 or ComfyUI do. */
export type PromptSyntax = 'plain' | 'a1111' | 'comfyui';

export interface PromptReading {
  readonly syntax: PromptSyntax;
  /** 1 takes the hidden state of the last layer, 2 of the one before it, and so on; the final norm follows in any case. */
  readonly clipSkip: number;
  /** How many evaluations the loop has, where that is known: prompts that change over the steps need it. */
  readonly steps?: number;
}

/** What the UNet answered, `[n, c, h, w]` float32, and how to read it. */
export interface Prediction {
  readonly tensor: Tensor;
  readonly type: PredictionType;
}

/** What the denoise zone hands to its inside for one evaluation. */
export interface StepContext {
  readonly index: number;
  readonly count: number;
  readonly step: Step;
  readonly generator?: Generator;
}

/** What the zone kept: one entry for each evaluation. */
export interface Trajectory {
  readonly latents: readonly Latent[];
}

/** A learned word: `vectors` is `[n, d]`, row-major. */
export interface Embedding {
  readonly key: string;
  /** The word that stands for it in a prompt. */
  readonly word: string;
  /** What stands for it, too, in the syntaxes that know embeddings by the names of files. */
  readonly aliases?: readonly string[];
  readonly vectors: Float32Array;
  readonly width: number;
  /** How much it counts, 1 where absent: a weight in the syntaxes that have weights, else a factor of the vectors. */
  readonly strength?: number;
  /** What a person should know of it. */
  readonly notes?: readonly string[];
}

export interface TextEncoder extends TakesLora<TextEncoder> {
  readonly key: string;
  readonly title: string;
  /** Width of the conditioning. */
  readonly width: number;
  /** `reading` is plain, without clip skip, where it is left out. */
  encode(
    device: Device,
    prompt: string,
    embeddings: readonly Embedding[],
    reading?: PromptReading,
  ): Promise<Conditioning>;
}

/** A network that looks at a picture and adds to what a UNet computes, https://arxiv.org/abs/2302.05543 */
export interface ControlNet {
  readonly key: string;
  readonly title: string;
  /** Channels of the latent that it looks at beside the picture. */
  readonly latentChannels: number;
  /** Width of the conditioning it expects. */
  readonly contextWidth: number;
  /** Pixels of the picture per latent cell, in both directions. */
  readonly factor: number;
  /** Whether it was trained to act on the prompt alone and the same everywhere in the picture, as the shuffle model was. */
  readonly pooled: boolean;
  /** A picture RGB 0..1 `[n, 3, h * factor, w * factor]` to what the network sees of it at every step, `[n, c, h, w]`. */
  look(device: Device, image: Tensor): Promise<Tensor>;
  /**
   * What to add inside the UNet, in the order of `UNet.residualShapes`. `latent` is `[n, c, h, w]`, not yet multiplied by
   * `inputScale`; `seen` is what `look` gave, of one picture or of n. `guess` weakens what is added where the picture is
   * large: from a tenth at the first place to all of it at the last.
   */
  predict(
    device: Device,
    input: {
      latent: Tensor;
      inputScale: number;
      timestep: number;
      contexts: readonly Tensor[];
      seen: Tensor;
      strength: number;
      guess: boolean;
    },
  ): Promise<Tensor[]>;
}

/** A ControlNet with the picture it looks at and how much and when it counts. */
export interface Control {
  readonly net: ControlNet;
  /** RGB `[1 or n, 3, h, w]` in 0..1. */
  readonly image: Tensor;
  /** What the network sees of the picture as it is, where the size of the picture allowed that. */
  readonly seen?: Tensor;
  readonly strength: number;
  /** The part of the evaluations for which it counts, from 0 to 1. */
  readonly start: number;
  readonly end: number;
  readonly guess: boolean;
  /** It leads the negative prompt as well where no other leads that one, as ComfyUI's older node for it does. */
  readonly both?: boolean;
}

export interface UNet extends TakesLora<UNet> {
  readonly key: string;
  readonly title: string;
  /** Channels of its input: 4, or 9 for inpainting models. */
  readonly inputChannels: number;
  /** Channels of the latent and of the prediction. */
  readonly latentChannels: number;
  readonly predictionType: PredictionType;
  readonly noiseSchedule: NoiseSchedule;
  /** Width of the conditioning it expects. */
  readonly contextWidth: number;
  /**
   * One evaluation for several conditionings of the same latent, in one run of the network.
   * `latent` is `[n, c, h, w]`, not yet multiplied by `inputScale`. The result has one `[n, c, h, w]` for each context
   * `[1, 77k, d]`; all contexts must have the same shape. `residuals` are added inside, as `residualShapes` says.
   */
  predict(
    device: Device,
    input: {
      latent: Tensor;
      inputScale: number;
      timestep: number;
      contexts: readonly Tensor[];
      residuals?: readonly Tensor[];
    },
  ): Promise<Tensor[]>;
  /**
   * Where a ControlNet adds to it: shapes `[n, c, h, w]` for a latent of this shape, one for each of the skip connections
   * and the last for the middle block. n counts the pictures of all contexts, the first context's first. Absent where the
   * network has no such inputs.
   */
  residualShapes?(latent: readonly number[], contexts: number): readonly (readonly number[])[];
  /** What an evaluation takes, for a latent of this shape and prompts of usual length. Absent where nobody can tell. */
  need?(device: Device, latent: readonly number[], contexts: number): MemoryNeed | undefined;
}

/**
 * Whether an autoencoder works on overlapping tiles, in the size that it was trained for: where a whole picture does not fit
 * the device, wherever it is larger than a tile, or never.
 */
export type Tiles = 'auto' | 'on' | 'off';

export interface Vae {
  readonly key: string;
  readonly title: string;
  readonly latentChannels: number;
  /** Pixels per latent cell, in both directions. */
  readonly factor: number;
  /** Scaled latent `[n, c, h, w]` to RGB 0..1 `[n, 3, h * factor, w * factor]`. */
  decode(device: Device, latent: Tensor, tiles?: Tiles): Promise<Tensor>;
  /** RGB 0..1 to the scaled mean and standard deviation of the posterior, each `[n, c, h, w]`. */
  encode(device: Device, image: Tensor, tiles?: Tiles): Promise<{ mean: Tensor; std: Tensor }>;
  /** What it takes without tiles, for a latent to decode or a picture to encode of this shape. Absent where nobody can tell. */
  need?(device: Device, what: 'decoder' | 'encoder', dims: readonly number[]): MemoryNeed | undefined;
}
