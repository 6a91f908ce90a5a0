/** What a text encoder made of a chunk, `[length, width]` row-major, and the weight of each position. */
export interface WeightedChunk {
  readonly hidden: Float32Array;
  readonly weights: readonly number[];
}

/**
 * AUTOMATIC1111's "Original" emphasis: each position times its weight, then all of it times the mean before over the mean
 * after. The means are over all chunks given: those that are encoded together, which are the texts of one prompt that
 * changes over the steps. A text that comes `times` over counts as often.
 */
export function emphasizeA1111(
  chunks: readonly (WeightedChunk & { readonly times: number })[],
): Float32Array<ArrayBuffer>[] {
  const weighted = chunks.map(({ hidden, weights }) => {
    const width = hidden.length / weights.length;
    return Float32Array.from(hidden, (value, i) => value * (weights[Math.floor(i / width)] as number));
  });
  const total = (arrays: readonly Float32Array[]) =>
    arrays.reduce((sum, array, i) => sum + (chunks[i]?.times ?? 0) * array.reduce((a, b) => a + b, 0), 0);
  const ratio = total(chunks.map(({ hidden }) => hidden)) / total(weighted);
  // A mean of exactly zero cannot be restored.
  return Number.isFinite(ratio) ? weighted.map((array) => array.map((value) => value * ratio)) : weighted;
}

/** ComfyUI's emphasis: each position moves away from where the empty prompt is: `(z - empty) * weight + empty`. */
export function emphasizeComfy({ hidden, weights }: WeightedChunk, empty: Float32Array): Float32Array<ArrayBuffer> {
  const width = hidden.length / weights.length;
  return Float32Array.from(hidden, (value, i) => {
    const weight = weights[Math.floor(i / width)] as number;
    const origin = empty[i] as number;
    return weight === 1 ? value : (value - origin) * weight + origin;
  });
}
