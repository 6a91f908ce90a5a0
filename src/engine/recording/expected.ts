import type { Step } from '../../core/sampler-table';
import type { PlainOf, PlainTensor } from './plain';

/** What a prediction made of `x` says about the end, by the step that it was made for. */
export function expectedBy(
  { tensor, type }: PlainOf<'prediction'>,
  x: PlainTensor,
  step: Step,
): PlainTensor | undefined {
  const reading = step.denoised[type];
  if (!reading || x.data.length !== tensor.data.length) return undefined;
  const data = x.data.map((sample, i) => sample * reading.x + (tensor.data[i] as number) * reading.prediction);
  return { dims: x.dims, data };
}
