import type { ModelKind } from '../src/core/model-reference';

/** What is known of a tensor without reading its elements. */
export interface TensorDescription {
  readonly shape: readonly number[];
  readonly dtype: string;
}

/** Of what architecture a model is, or for what architecture an add-on was trained. */
export type ModelFamily = 'sd1' | 'sd2' | 'sdxl' | 'sd3' | 'flux' | 'pixart' | 'other';

/** What a file or folder of weights is. */
export interface Identity {
  readonly kind: ModelKind | 'unsupported';
  readonly family: ModelFamily;
  /** For people: what it is, and of what is not supported, what Weft takes instead. */
  readonly sentence: string;
}

/** Tells what the tensors of one model file are, by their names and shapes alone. */
export function identify(
  _tensors: ReadonlyMap<string, TensorDescription>,
  _metadata: Readonly<Record<string, string>> = {},
): Identity {
  return { kind: 'unsupported', family: 'other', sentence: 'This is not a model that Weft knows.' };
}
