/** A guidance scale over the steps of a run: points of progress (0 to 1) and scale, with straight lines between them. */
export type Curve = readonly { readonly at: number; readonly scale: number }[];

/** "0: 7.5, 0.5: 5, 1: 2". Throws a sentence where it is no such list. */
export function parseCurve(text: string): Curve {
  const points = text
    .split(/[,;\n]+/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [at, scale, ...more] = part.split(/\s*:\s*|\s+/).map(Number);
      if (at === undefined || scale === undefined || more.length || !(at >= 0 && at <= 1) || !Number.isFinite(scale))
        throw new Error(`"${part}" is no point of a curve: write progress from 0 to 1 and a scale, such as 0.5: 7.`);
      return { at, scale };
    });
  if (!points.length) throw new Error('The curve has no points: write at least one, such as 0: 7.5.');
  return points.toSorted((a, b) => a.at - b.at);
}

/** The scale at a progress; before the first and after the last point it is theirs. */
export function guidanceAt(curve: Curve, progress: number): number {
  const after = curve.findIndex(({ at }) => at >= progress);
  const right = curve[after] ?? curve.at(-1);
  const left = curve[after - 1] ?? right;
  if (!left || !right) throw new Error('The curve has no points.');
  if (after <= 0 || right.at === left.at) return right.scale;
  return left.scale + ((progress - left.at) / (right.at - left.at)) * (right.scale - left.scale);
}

/**
 * Whether a step is guided, where guidance is limited to a part of the steps (Kynkäänniemi et al. 2404.07724). The bounds
 * are turned into whole steps as diffusers' guiders do.
 */
export function guidesAt(
  index: number,
  count: number,
  { begin, end }: { readonly begin: number; readonly end: number },
): boolean {
  return index >= Math.trunc(begin * count) && index < Math.trunc(end * count);
}
