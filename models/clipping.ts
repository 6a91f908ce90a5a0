import type { Device, Tensor } from '../src/core/device';
import type { Step } from '../src/core/sampler-table';
import { clip } from '../src/onnx/ops/clip';
import { compute } from './arithmetic';

/** The denoised picture `[n, c, h, w]` within the bounds that a step sets, or undefined where it sets none. */
export function limitDenoised(
  device: Device,
  denoised: Tensor,
  { clip: range, threshold }: Pick<Step, 'clip' | 'threshold'>,
): Promise<Tensor> | undefined {
  if (range !== undefined)
    return compute(device, `clip to ${range}`, { denoised }, (inputs) => clip(inputs.denoised, -range, range));
  return threshold && thresholdDynamically(device, denoised, threshold);
}

/**
 * Dynamic thresholding, Saharia et al. 2205.11487, section 2.3: of each image the given quantile of |x0| becomes the bound,
 * at least 1 and at most `maximum`, and the image is divided by it. On the host: a quantile sorts, and ONNX Runtime has no
 * operator that sorts on WebGPU.
 */
async function thresholdDynamically(
  device: Device,
  denoised: Tensor,
  { quantile, maximum }: NonNullable<Step['threshold']>,
): Promise<Tensor> {
  const values = Float32Array.from(await device.read(denoised));
  const images = denoised.dims[0] ?? 1;
  const size = values.length / images;
  for (let i = 0; i < images; i += 1) {
    const image = values.subarray(i * size, (i + 1) * size);
    const bound = Math.min(Math.max(quantileOf(image.map(Math.abs).sort(), quantile), 1), maximum);
    for (const [j, value] of image.entries()) image[j] = Math.min(Math.max(value, -bound), bound) / bound;
  }
  return device.tensor(values, denoised.dims);
}

/** Between the neighbours in an ascending list, as `torch.quantile` does. */
function quantileOf(ascending: Float32Array, quantile: number): number {
  const place = quantile * (ascending.length - 1);
  const below = ascending[Math.floor(place)] as number;
  return below + ((ascending[Math.ceil(place)] as number) - below) * (place % 1);
}
