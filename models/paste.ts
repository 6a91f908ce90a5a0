import type { Device, Tensor } from '../src/core/device';
import { rearrange } from './layout';
import { blendMasked } from './mask-arithmetic';

/**
 * `upper` laid on `lower` with its corner at `left` and `top`, both `[n, c, h, w]` (a batch of 1 stretches); what reaches
 * beyond is cut off. `mask` `[1 or n, 1, h, w]` says which part of `upper` shows, and is brought to its size bilinearly.
 */
export async function paste(
  device: Device,
  lower: Tensor,
  upper: Tensor,
  mask: Tensor | undefined,
  { left, top }: { readonly left: number; readonly top: number },
): Promise<Tensor> {
  const [, , height = 0, width = 0] = lower.dims;
  const [, , upperHeight = 0, upperWidth = 0] = upper.dims;
  const place = (tensor: Tensor) =>
    rearrange(device, tensor, { width, height }, (x, y) => ({ x: x - left, y: y - top }));
  const ones = device.tensor(new Float32Array(upperHeight * upperWidth).fill(1), [1, 1, upperHeight, upperWidth]);
  const zeros = device.tensor(new Float32Array(upperHeight * upperWidth), [1, 1, upperHeight, upperWidth]);
  const soft = { scaling: 'bilinear', edges: 'soft' } as const;
  const shown = mask ? await blendMasked(device, { outside: zeros, inside: ones, mask }, soft) : ones;
  const made = [ones, zeros, ...(mask ? [shown] : [])];
  try {
    const inside = await place(upper);
    made.push(inside);
    const placed = await place(shown);
    made.push(placed);
    return await blendMasked(device, { outside: lower, inside, mask: placed }, soft);
  } finally {
    for (const tensor of made) device.dispose(tensor);
  }
}

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
