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
