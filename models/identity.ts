import type { ModelKind } from '../src/core/model-reference';

/** Of what architecture a model is, or for what architecture an add-on was trained. */
export type ModelFamily = 'sd1' | 'sd2' | 'sdxl' | 'sd3' | 'flux' | 'pixart' | 'other';

/** What a file or folder of weights is. */
export interface Identity {
  readonly kind: ModelKind | 'unsupported';
  readonly family: ModelFamily;
  /** For people: what it is, and of what is not supported, what Weft takes instead. */
  readonly sentence: string;
}

export const FAMILY_NAMES: Readonly<Record<ModelFamily, string>> = {
  sd1: 'Stable Diffusion 1',
  sd2: 'Stable Diffusion 2',
  sdxl: 'SDXL',
  sd3: 'Stable Diffusion 3',
  flux: 'Flux',
  pixart: 'PixArt',
  other: 'another kind of model',
};

/** Says that a model, `what`, is not supported: "an SDXL checkpoint". */
export function unsupported(what: string, family: ModelFamily): Identity {
  return { kind: 'unsupported', family, sentence: `This is ${what}; Weft runs Stable Diffusion 1 and 2.` };
}
