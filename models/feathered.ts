/**
 * The mask of an upper tensor `[n, c, h, w]` that fades out over `feather` places at each of its sides that do not lie at an edge of
 * the lower one: ComfyUI's `LatentComposite` (nodes.py).
 */
export function feathered(
  [, , height = 0, width = 0]: readonly number[],
  [, , below = 0, across = 0]: readonly number[],
  { left, top, feather }: { readonly left: number; readonly top: number; readonly feather: number },
): { data: Float32Array<ArrayBuffer>; dims: readonly number[] } {
  const [shownHeight, shownWidth] = [Math.min(height, below - top), Math.min(width, across - left)];
  const data = new Float32Array(height * width);
  for (let y = 0; y < shownHeight; y++)
    for (let x = 0; x < shownWidth; x++) {
      let share = 1;
      if (top !== 0 && y < feather) share *= (y + 1) / feather;
      if (left !== 0 && x < feather) share *= (x + 1) / feather;
      if (top + shownHeight < below && shownHeight - 1 - y < feather) share *= (shownHeight - y) / feather;
      if (left + shownWidth < across && shownWidth - 1 - x < feather) share *= (shownWidth - x) / feather;
      data[y * width + x] = share;
    }
  return { data, dims: [1, 1, height, width] };
}
