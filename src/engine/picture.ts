import type { Axis } from '../core/define-node';
import type { Device, Tensor } from '../core/device';
import type { Picture } from './events';

/** The pictures of an image tensor `[n, 3, h, w]` in 0..1, as 8-bit RGBA. */
export async function picturesOf(device: Device, tensor: Tensor): Promise<Picture[]> {
  const [count = 0, , height = 0, width = 0] = tensor.dims;
  const data = await device.read(tensor);
  const plane = width * height;
  return Array.from({ length: count }, (_, n) => {
    const pixels = new Uint8ClampedArray(4 * plane).fill(255);
    for (let c = 0; c < 3; c++) {
      const from = (3 * n + c) * plane;
      for (let i = 0; i < plane; i++) pixels[4 * i + c] = 255 * (data[from + i] ?? 0);
    }
    return { width, height, pixels };
  });
}

/** The axis of several images in one tensor. */
export const batchAxis = (count: number): Axis => ({
  id: 'image',
  title: 'image',
  labels: Array.from({ length: count }, (_, i) => String(i + 1)),
});
