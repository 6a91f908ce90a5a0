import { ProblemError } from '../../core/problem';
import type { Conditioning } from '../../core/values';

/** The entries that hold at evaluation `index` of a loop of `count`: of a prompt that changes over the steps one. */
export function entriesAt(
  conditioning: Conditioning,
  { index, count }: { readonly index: number; readonly count: number },
): Conditioning {
  const other = conditioning.find(({ during }) => during && during.count !== count)?.during;
  if (other) {
    throw new ProblemError({
      port: 'conditioning',
      what: `This prompt changes over ${other.count} steps, but the denoise zone has ${count}.`,
      cure: 'Wire the schedule of this zone into the text encoder.',
    });
  }
  const entries = conditioning.filter(({ during }) => !during || during.at.includes(index));
  if (entries.length > 0) return entries;
  throw new ProblemError({ port: 'conditioning', what: `There is no conditioning for step ${index + 1}.` });
}
