import { ProblemError } from '../../core/problem';
import type { Conditioning } from '../../core/values';

/** The entry that holds at evaluation `index` of a loop of `count`. */
export function conditioningAt(
  conditioning: Conditioning,
  { index, count }: { readonly index: number; readonly count: number },
): Conditioning[number] {
  const other = conditioning.find(({ during }) => during && during.count !== count)?.during;
  if (other) {
    throw new ProblemError({
      port: 'conditioning',
      what: `This prompt changes over ${other.count} steps, but the denoise zone has ${count}.`,
      cure: 'Wire the schedule of this zone into the text encoder.',
    });
  }
  const entry = conditioning.find(({ during }) => !during || during.at.includes(index));
  if (!entry) throw new ProblemError({ port: 'conditioning', what: `There is no conditioning for step ${index + 1}.` });
  return entry;
}
