// A sampler compiled to numbers: DESIGN.md, "A sampler is a table".

export type PredictionType = 'epsilon' | 'v_prediction' | 'sample';

/** The noise schedule a model was trained with: the fields of diffusers' scheduler_config.json. */
export interface NoiseSchedule {
  readonly trainTimesteps: number;
  readonly betaStart: number;
  readonly betaEnd: number;
  readonly betaSchedule: 'linear' | 'scaled_linear' | 'squaredcos_cap_v2';
  readonly setAlphaToOne: boolean;
  readonly stepsOffset: number;
  /** Rescaled so that the last timestep is noise alone (Lin et al. 2305.08891, algorithm 1); false where absent. */
  readonly rescaleBetasZeroSnr?: boolean;
}

/** A sample at a noise level: `signal * x0 + noise * epsilon`. */
export interface NoiseMix {
  readonly signal: number;
  readonly noise: number;
}

/** A tensor that a step reads: a slot kept from earlier steps, or what this step made. */
export type StepSource = string;

/** `x * this.x + prediction * this.prediction`. */
export interface Reading {
  readonly x: number;
  readonly prediction: number;
}

/**
 * The slots after a step, each a linear combination of sources before it: `{ x: { x: 0.9, denoised: 0.1 } }`. A slot that is
 * not named is dropped.
 */
export type Update = Readonly<Record<string, Readonly<Record<StepSource, number>>>>;

/**
 * One model evaluation of a sampler, as numbers. Every sampler is linear in its tensors (DESIGN.md, "A sampler is a table").
 * Sources are the slots (`x` and those that earlier steps wrote) and `denoised`, `epsilon`, `prediction` and `noise` of this
 * step; `unguided` is the denoised picture that the negative prompt alone sees.
 */
export interface Step {
  /** What the model is told; may be fractional. */
  readonly timestep: number;
  /** The model sees `inputScale * x`. */
  readonly inputScale: number;
  /** Noise level of this evaluation in the sigma form, for people and plots. */
  readonly sigma: number;
  /** How noisy `x` is at this evaluation. */
  readonly level: NoiseMix;
  /**
   * How noisy a picture has to be that is blended into `x` after this step, as diffusers has it: as noisy as where the next
   * whole step begins. Of the last step what noise is left, mostly none.
   */
  readonly next: NoiseMix;
  /**
   * The denoised picture by what the model predicts: `x * this.x + prediction * this.prediction`, and of samplers that add
   * noise to a sample which the model has seen already `noise * this.noise`. Absent where this prediction cannot tell it.
   */
  readonly denoised: Readonly<Partial<Record<PredictionType, Reading & { readonly noise?: number }>>>;
  /** The source `epsilon`, of samplers that read it: the noise in `x` by what the model predicts. */
  readonly epsilon?: Readonly<Partial<Record<PredictionType, Reading>>>;
  /** The denoised picture is brought between minus and plus this. */
  readonly clip?: number;
  /** Dynamic thresholding of the denoised picture, Saharia et al. 2205.11487, section 2.3. */
  readonly threshold?: { readonly quantile: number; readonly maximum: number };
  readonly update: Update;
  /** The update for predictions that change more than how the denoised picture is read. */
  readonly updateBy?: Readonly<Partial<Record<PredictionType, Update>>>;
  /** Whether this step draws a noise tensor from the generator (even where its coefficient is 0: streams must agree). */
  readonly draws: boolean;
}

/** A sampler compiled for a number of steps. */
export interface Schedule {
  /** "DPM++ 2M, 25 steps". */
  readonly title: string;
  readonly steps: readonly Step[];
  /** `x` at the start is `noise * startScale` for text to image. */
  readonly startScale: number;
  /** For image to image: `x = latent * signal + noise * noise`, before the first step. */
  readonly start: NoiseMix;
}
