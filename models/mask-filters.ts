import type { Device, Tensor } from '../src/core/device';
import type { Graph, Value } from '../src/onnx/graph';
import { clip } from '../src/onnx/ops/clip';
import { convolution } from '../src/onnx/ops/convolution';
import { maximum } from '../src/onnx/ops/maximum';
import { subtract } from '../src/onnx/ops/subtract';
import { compute } from './arithmetic';
import { rearrange } from './layout';
import { atLeast } from './mask-arithmetic';

/** Masks are `[n, 1, h, w]` in 0..1. */
export function invertMask(device: Device, mask: Tensor): Promise<Tensor> {
  return compute(device, 'inverted mask', { mask }, (inputs, graph) => subtract(graph.constant([1]), inputs.mask));
}

/** 1 from `limit` on, 0 below. */
export function thresholdMask(device: Device, mask: Tensor, limit: number): Promise<Tensor> {
  return compute(device, `mask at least ${limit}`, { mask }, (inputs, graph) => atLeast(inputs.mask, limit, graph));
}

export const maskUnions = ['add', 'intersect', 'subtract'] as const;

/** What either mask covers, what both cover, or what only the first covers. */
export function combineMasks(device: Device, a: Tensor, b: Tensor, how: (typeof maskUnions)[number]): Promise<Tensor> {
  return compute(device, `masks ${how}`, { a, b }, (inputs, graph) => {
    const without = (x: Value) => subtract(graph.constant([1]), x);
    if (how === 'add') return maximum(inputs.a, inputs.b);
    const other = how === 'subtract' ? without(inputs.b) : inputs.b;
    return without(maximum(without(inputs.a), without(other)));
  });
}

/** Grows what is masked, from 0.5 on, by a square of `2 * pixels + 1`; shrinks it where `pixels` is negative. */
export async function growMask(device: Device, mask: Tensor, pixels: number): Promise<Tensor> {
  if (pixels === 0) return thresholdMask(device, mask, 0.5);
  const radius = Math.abs(pixels);
  const padded = await pad(device, mask, radius);
  try {
    return await compute(device, `mask grown by ${pixels}`, { padded }, (inputs, graph) => {
      const turned = (x: Value) => (pixels < 0 ? subtract(graph.constant([1]), x) : x);
      const ones = new Array<number>(2 * radius + 1).fill(1);
      // A window that holds any masked pixel has a sum of 1 or more.
      return turned(slide(turned(atLeast(inputs.padded, 0.5, graph)), ones, graph, (sum) => clip(sum, 0, 1)));
    });
  } finally {
    device.dispose(padded);
  }
}

/**
 * Gaussian blur with a standard deviation of `sigma` pixels, cut off at 4 of them as in scipy's `gaussian_filter`; beyond
 * its edge the mask goes on as it is there.
 */
export async function featherMask(device: Device, mask: Tensor, sigma: number): Promise<Tensor> {
  const radius = Math.trunc(4 * sigma + 0.5);
  const raw = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-0.5 * ((i - radius) / (sigma || 1)) ** 2));
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  const padded = await pad(device, mask, radius);
  try {
    return await compute(device, `mask feathered by ${sigma}`, { padded }, (inputs, graph) => {
      const kernel = raw.map((weight) => weight / total);
      return clip(
        slide(inputs.padded, kernel, graph, (sum) => sum),
        0,
        1,
      );
    });
  } finally {
    device.dispose(padded);
  }
}

/** `radius` more pixels on every side, like the nearest pixel of the edge. */
function pad(device: Device, mask: Tensor, radius: number): Promise<Tensor> {
  const [, , height = 0, width = 0] = mask.dims;
  const within = (at: number, length: number) => Math.min(Math.max(at - radius, 0), length - 1);
  return rearrange(device, mask, { width: width + 2 * radius, height: height + 2 * radius }, (x, y) => ({
    x: within(x, width),
    y: within(y, height),
  }));
}

/** The weights along rows, then along columns; no zeros are added at the edges. */
function slide(x: Value, weights: readonly number[], graph: Graph, after: (sum: Value) => Value): Value {
  const bias = graph.constant([0]);
  const attributes = { stride: 1, pads: [0, 0, 0, 0] } as const;
  const along = (value: Value, dims: readonly number[]) =>
    after(convolution(value, graph.constant(weights, dims), bias, attributes));
  return along(along(x, [1, 1, 1, weights.length]), [1, 1, weights.length, 1]);
}
