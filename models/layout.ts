import type { Device, Tensor } from '../src/core/device';
import { concatenate } from '../src/onnx/ops/concatenate';
import { resize } from '../src/onnx/ops/resize';
import { slice } from '../src/onnx/ops/slice';
import { compute } from './arithmetic';

// Moves what is in the planes of `[n, c, h, w]` tensors, without arithmetic on their values.

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Corner {
  readonly left: number;
  readonly top: number;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** `[n, c, h, w]` to `[n, c, size.height, size.width]`; `from` says which place of the old comes to a place of the new. */
export async function rearrange(
  device: Device,
  tensor: Tensor,
  size: Size,
  from: (x: number, y: number) => Place | undefined,
): Promise<Tensor> {
  const [n = 0, c = 0, height = 0, width = 0] = tensor.dims;
  const index = new Int32Array(size.width * size.height).fill(-1);
  for (let y = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++) {
      const place = from(x, y);
      if (place && place.x >= 0 && place.x < width && place.y >= 0 && place.y < height)
        index[y * size.width + x] = place.y * width + place.x;
    }
  const data = await device.read(tensor);
  const result = new Float32Array(n * c * index.length);
  for (let plane = 0; plane < n * c; plane++)
    for (let at = 0; at < index.length; at++) {
      const source = index[at] ?? -1;
      if (source >= 0) result[plane * index.length + at] = data[plane * height * width + source] ?? 0;
    }
  return device.tensor(result, [n, c, size.height, size.width]);
}

/** The rectangle of `size` whose upper left corner is at `left` and `top`. */
export function crop(device: Device, tensor: Tensor, { left, top, ...size }: Corner & Size): Promise<Tensor> {
  return rearrange(device, tensor, size, (x, y) => ({ x: x + left, y: y + top }));
}

/** `[1, c, h, w]` to its tiles `[n, c, size.height, size.width]`, row by row; with `mirror` also their mirror images. */
export async function tiles(device: Device, tensor: Tensor, size: Size, mirror: boolean): Promise<Tensor> {
  const [, channels = 0, height = 0, width = 0] = tensor.dims;
  const columns = Math.floor(width / size.width);
  const count = columns * Math.floor(height / size.height);
  const data = await device.read(tensor);
  const all = new Float32Array((mirror ? 2 : 1) * count * channels * size.height * size.width);
  let at = 0;
  for (let tile = 0; tile < (mirror ? 2 : 1) * count; tile++) {
    const left = ((tile % count) % columns) * size.width;
    const top = Math.floor((tile % count) / columns) * size.height;
    for (let channel = 0; channel < channels; channel++) {
      for (let y = 0; y < size.height; y++) {
        const from = (channel * height + top + y) * width + left;
        const row = data.subarray(from, from + size.width);
        all.set(tile < count ? row : row.toReversed(), at);
        at += size.width;
      }
    }
  }
  return device.tensor(all, [(mirror ? 2 : 1) * count, channels, size.height, size.width]);
}

export const turns = [
  'flip left to right',
  'flip top to bottom',
  'rotate right',
  'rotate left',
  'rotate by half',
] as const;

export function turn(device: Device, tensor: Tensor, how: (typeof turns)[number]): Promise<Tensor> {
  const [, , height = 0, width = 0] = tensor.dims;
  const same = { width, height };
  const across = { width: height, height: width };
  const [right, bottom] = [width - 1, height - 1];
  switch (how) {
    case 'flip left to right':
      return rearrange(device, tensor, same, (x, y) => ({ x: right - x, y }));
    case 'flip top to bottom':
      return rearrange(device, tensor, same, (x, y) => ({ x, y: bottom - y }));
    case 'rotate by half':
      return rearrange(device, tensor, same, (x, y) => ({ x: right - x, y: bottom - y }));
    case 'rotate right':
      return rearrange(device, tensor, across, (x, y) => ({ x: y, y: bottom - x }));
    case 'rotate left':
      return rearrange(device, tensor, across, (x, y) => ({ x: right - y, y: x }));
  }
}

/** The images of several batches as one batch; they must agree in channels and size. */
export function joinBatches(device: Device, tensors: readonly [Tensor, ...Tensor[]]): Promise<Tensor> {
  const feeds = Object.fromEntries(tensors.map((tensor, i) => [`x_${i}`, tensor]));
  return compute(device, 'batches joined', feeds, (inputs) => {
    const [first, ...more] = Object.values(inputs);
    if (!first) throw new Error('There is nothing to join.');
    return concatenate([first, ...more], 0);
  });
}

/** The images of a batch at `indices`, from 0, in that order; an image may come more than once. */
export function pickImages(device: Device, tensor: Tensor, indices: readonly number[]): Promise<Tensor> {
  return compute(device, `images ${indices.join()}`, { tensor }, (inputs) => {
    const [first, ...more] = indices.map((index) => slice(inputs.tensor, 0, index, index + 1));
    if (!first) throw new Error('No image is picked.');
    return concatenate([first, ...more], 0);
  });
}

/** torch's `interpolate` with align_corners false. */
export function interpolate(
  device: Device,
  tensor: Tensor,
  { width, height }: Size,
  method: 'nearest' | 'bilinear',
): Promise<Tensor> {
  return compute(device, `${method} ${width}x${height}`, { tensor }, (inputs) =>
    resize(inputs.tensor, method === 'nearest' ? 'nearest' : 'linear', height, width),
  );
}
