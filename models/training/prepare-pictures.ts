import type { DecodedImage } from '../../src/core/define-node';
import type { Device, Tensor } from '../../src/core/device';
import { tiles } from '../layout';
import { rescale } from '../rescale';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pictures as training takes them, RGB 0..1 `[n, 3, height, width]`; with `mirror` the mirror image of each after all of them. */
export async function preparePictures(
  device: Device,
  pictures: readonly DecodedImage[],
  size: Size,
  { cut, mirror }: { readonly cut: 'middle' | 'whole' | 'tiles'; readonly mirror: boolean },
): Promise<Tensor> {
  const parts: Float32Array[] = [];
  for (const { data, width, height } of pictures) {
    const whole = device.tensor(data, [1, 3, height, width]);
    const tensor =
      cut === 'tiles'
        ? await tiles(device, whole, size, false)
        : await rescale(device, whole, size, 'lanczos', cut === 'middle');
    parts.push(Float32Array.from(await device.read(tensor)));
    for (const made of new Set([whole, tensor])) device.dispose(made);
  }
  const plain = parts.reduce((sum, { length }) => sum + length, 0);
  const all = new Float32Array(plain * (mirror ? 2 : 1));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  if (mirror) {
    for (let row = 0; row < plain; row += size.width) {
      all.set(all.subarray(row, row + size.width).toReversed(), plain + row);
    }
  }
  return device.tensor(all, [all.length / (3 * size.width * size.height), 3, size.height, size.width]);
}
