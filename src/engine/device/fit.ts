import type { DeviceLimits, Footprint } from '../../core/device';

/** What a device can hold, and what is said of it. */
export interface Limits extends DeviceLimits {
  /** What has these limits, as a sentence starts: "This graphics adapter". */
  readonly name: string;
  /** What else there is to do about too large weights, where there is something. */
  readonly cure?: string;
}

const gigabytes = (bytes: number) => `${Number((bytes / 1e9).toPrecision(2))} GB`;

/** Bytes of weights as the device holds them. */
export function weightsHeld({ weights, convolutions }: Footprint, { convolutionsTwice }: Limits): number {
  return weights + (convolutionsTwice ? convolutions : 0);
}

/** Why a network does not fit, and what would; undefined where it does as far as one can tell. */
export function misfit(footprint: Footprint, limits: Limits): string | undefined {
  const found = shortage(footprint, limits);
  return found && `${found.what} ${found.cure}`.trim();
}

/** What does not fit, and what to do about it, a sentence each; the second may be empty. */
export function shortage(
  footprint: Footprint,
  limits: Limits,
): { readonly what: string; readonly cure: string } | undefined {
  const { largest, activations } = footprint;
  const { tensor, all, name, cure = '' } = limits;
  const weights = weightsHeld(footprint, limits);
  if (tensor !== undefined && largest.bytes > tensor)
    return {
      what: `${name} holds ${gigabytes(tensor)} in one piece, and ${largest.what} has ${gigabytes(largest.bytes)}.`,
      cure: largest.what.startsWith('the weight') ? cure : smaller(tensor / largest.bytes),
    };
  if (all === undefined || weights + activations <= all) return undefined;
  const need = `${gigabytes(weights)} of weights and ${gigabytes(activations)} for the picture`;
  return {
    what: `This needs ${need}. ${name} holds ${gigabytes(all)}.`,
    cure: weights < all ? smaller((all - weights) / activations) : cure,
  };
}

/** What a picture would have to be, for a part of its memory. Activations grow with the number of pixels. */
function smaller(part: number): string {
  const percent = Math.floor(Math.sqrt(part) * 20) * 5;
  if (percent < 10) return 'Not even a small picture would fit.';
  return `A picture with sides of ${percent} % of these would fit, or fewer pictures at once.`;
}
