import type { Device, Tensor } from '../src/core/device';
import { roundHalfEven } from '../src/diffusion/timesteps';
import { rescale } from './rescale';

/**
 * What ComfyUI's `VAEEncodeForInpaint` (nodes.py) makes of a mask `[n, 1, h, w]` for a picture: `covered`, which is greyed out, and
 * `grown` by a square of `grow` pixels, which is repainted; both 0 or 1 and of the size of `place`, the middle part of the picture
 * that divides into cells of `factor` pixels.
 */
export async function maskForInpainting(
  device: Device,
  mask: Tensor,
  picture: { readonly width: number; readonly height: number },
  factor: number,
  grow: number,
) {
  const scaled = await rescale(device, mask, picture, 'bilinear', false);
  const all = await device.read(scaled);
  const place = {
    left: Math.floor((picture.width % factor) / 2),
    top: Math.floor((picture.height % factor) / 2),
    width: picture.width - (picture.width % factor),
    height: picture.height - (picture.height % factor),
  };
  const [masks = 1] = mask.dims;
  const { width, height } = place;
  const rounded = new Float32Array(masks * width * height);
  for (let at = 0; at < rounded.length; at++) {
    const [x, y] = [at % width, Math.floor(at / width) % height];
    const plane = Math.floor(at / (width * height));
    const from = (plane * picture.height + place.top + y) * picture.width + place.left + x;
    rounded[at] = roundHalfEven(all[from] as number);
  }
  device.dispose(scaled);
  const dims = [masks, 1, height, width];
  return {
    covered: device.tensor(rounded, dims),
    grown: device.tensor(grow === 0 ? rounded.slice() : grownBy(rounded, width, height, grow), dims),
    place,
  };
}

/** 1 wherever a square of `side` places, as a convolution with padding `ceil((side - 1) / 2)` lays it, holds any 1. */
function grownBy(mask: Float32Array, width: number, height: number, side: number): Float32Array<ArrayBuffer> {
  const before = Math.ceil((side - 1) / 2);
  const along = (data: Float32Array, length: number, stride: number): Float32Array<ArrayBuffer> =>
    Float32Array.from(data, (_, at) => {
      const place = Math.floor(at / stride) % length;
      for (let k = Math.max(0, place - before); k <= Math.min(length - 1, place - before + side - 1); k++)
        if (data[at + (k - place) * stride]) return 1;
      return 0;
    });
  return along(along(mask, width, 1), height, width);
}
