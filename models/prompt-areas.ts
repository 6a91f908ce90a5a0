import type { Device, Tensor } from '../src/core/device';
import type { Area, Conditioning } from '../src/core/values';
import { roundHalfEven } from '../src/diffusion/timesteps';
import { interpolate } from './layout';

export interface Cells {
  readonly width: number;
  readonly height: number;
}

/** The least that a UNet is asked about, in cells. */
const SMALLEST = 8;

/** A rectangle in cells of a latent, cut off where the latent ends. */
function inCells(area: Area, { width, height }: Cells): Area {
  const scaled =
    area.unit === 'cells'
      ? area
      : {
          left: roundHalfEven(area.left * width),
          top: roundHalfEven(area.top * height),
          width: Math.max(1, roundHalfEven(area.width * width)),
          height: Math.max(1, roundHalfEven(area.height * height)),
        };
  return { ...scaled, unit: 'cells' };
}

/** The rectangle around all that is not 0 in any picture of a mask `[n, 1, h, w]`. */
function boundsOf(data: Float32Array, { width, height }: Cells): Area {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (const [at, value] of data.entries()) {
    if (value === 0) continue;
    const [x, y] = [at % width, Math.floor(at / width) % height];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  if (right < 0) return { unit: 'cells', left: 0, top: 0, width: SMALLEST, height: SMALLEST };
  return {
    unit: 'cells',
    left,
    top,
    width: Math.max(SMALLEST, right - left + 1),
    height: Math.max(SMALLEST, bottom - top + 1),
  };
}

/**
 * Areas in cells of a latent and masks in its size, as ComfyUI has them before it samples
 * (`resolve_areas_and_cond_masks` in comfy/samplers.py). Masks that had to be scaled are new tensors, listed in `made`.
 */
export async function resolveAreas(
  device: Device,
  conditioning: Conditioning,
  size: Cells,
): Promise<{ readonly conditioning: Conditioning; readonly made: readonly Tensor[] }> {
  const made: Tensor[] = [];
  const resolved: Conditioning[number][] = [];
  for (const { area, mask, ...entry } of conditioning) {
    if (!mask) {
      resolved.push(area ? { ...entry, area: inCells(area, size) } : entry);
      continue;
    }
    const [, , height = 0, width = 0] = mask.tensor.dims;
    const fits = width === size.width && height === size.height;
    const tensor = fits ? mask.tensor : await interpolate(device, mask.tensor, size, 'bilinear');
    if (!fits) made.push(tensor);
    const around = mask.bounds ? boundsOf(await device.read(tensor), size) : area && inCells(area, size);
    resolved.push({
      ...entry,
      ...(around && { area: around }),
      mask: { tensor, strength: mask.strength, bounds: false },
    });
  }
  return { conditioning: resolved, made };
}
