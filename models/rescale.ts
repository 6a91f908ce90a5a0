import type { Device, Tensor } from '../src/core/device';
import { roundHalfEven } from '../src/diffusion/timesteps';
import type { imageMethods, latentMethods } from './rescale-methods';

type Method = (typeof latentMethods)[number] | (typeof imageMethods)[number];

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Source places of one target place, with weights; a place beyond an edge is the place at the edge. */
interface Tap {
  readonly first: number;
  readonly weights: readonly number[];
}

/** Keys' cubic with torch's a = -0.75. */
function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x <= 1) return (1.25 * x - 2.25) * x * x + 1;
  return x < 2 ? ((-0.75 * x + 3.75) * x - 6) * x + 3 : 0;
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

const tapsBy: Readonly<Record<Exclude<Method, 'bislerp'>, (source: number, target: number, at: number) => Tap>> = {
  'nearest-exact': (source, target, at) => ({ first: Math.floor((at + 0.5) * (source / target)), weights: [1] }),
  bilinear(source, target, at) {
    const place = Math.max(0, (at + 0.5) * (source / target) - 0.5);
    const share = place - Math.floor(place);
    return { first: Math.floor(place), weights: [1 - share, share] };
  },
  bicubic(source, target, at) {
    const place = (at + 0.5) * (source / target) - 0.5;
    const first = Math.floor(place) - 1;
    return { first, weights: [0, 1, 2, 3].map((k) => cubic(place - first - k)) };
  },
  area(source, target, at) {
    const first = Math.floor((at * source) / target);
    const count = Math.ceil(((at + 1) * source) / target) - first;
    return { first, weights: new Array<number>(count).fill(1 / count) };
  },
  lanczos(source, target, at) {
    const scale = source / target;
    const wide = Math.max(scale, 1);
    const center = (at + 0.5) * scale;
    const first = Math.max(0, Math.trunc(center - 3 * wide + 0.5));
    const last = Math.min(source, Math.trunc(center + 3 * wide + 0.5));
    const raw = Array.from({ length: last - first }, (_, k) => {
      const x = (first + k - center + 0.5) / wide;
      return Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0;
    });
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return { first, weights: raw.map((weight) => weight / sum) };
  },
};

/** Planes of `length` places, `stride` apart, brought to another length. `rows` are `[outer, length, stride]`. */
function resizeAxis(data: Float32Array, length: number, stride: number, target: number, method: keyof typeof tapsBy) {
  const outer = data.length / (length * stride);
  const result = new Float32Array(outer * target * stride);
  for (let at = 0; at < target; at++) {
    const { first, weights } = tapsBy[method](length, target, at);
    for (let o = 0; o < outer; o++)
      for (let s = 0; s < stride; s++) {
        let sum = 0;
        for (const [k, weight] of weights.entries()) {
          const place = Math.min(length - 1, Math.max(0, first + k));
          sum += weight * (data[(o * length + place) * stride + s] as number);
        }
        result[(o * target + at) * stride + s] = method === 'lanczos' ? byte(sum) : sum;
      }
  }
  return result;
}

/** Pillow works on bytes. */
const byte = (value: number): number => Math.min(255, Math.max(0, Math.floor(value + 0.5)));

function plainly(data: Float32Array, { width, height }: Size, to: Size, method: keyof typeof tapsBy): Float32Array {
  const bytes = method === 'lanczos';
  const start = bytes ? data.map((value) => Math.trunc(Math.min(255, Math.max(0, 255 * value)))) : data;
  const across = width === to.width ? start : resizeAxis(start, width, 1, to.width, method);
  const both = height === to.height ? across : resizeAxis(across, height, to.width, to.height, method);
  return bytes ? both.map((value) => value / 255) : both;
}

/** Between two vectors along the sphere, their lengths between theirs: bislerp's `slerp`. */
function slerp(a: readonly number[], b: readonly number[], share: number): number[] {
  const [longA, longB] = [Math.hypot(...a), Math.hypot(...b)];
  const dot = longA && longB ? a.reduce((sum, value, i) => sum + (value / longA) * ((b[i] as number) / longB), 0) : 0;
  if (dot > 1 - 1e-5) return [...a];
  if (dot < 1e-5 - 1) return a.map((value, i) => value * (1 - share) + (b[i] as number) * share);
  const omega = Math.acos(dot);
  const [toA, toB] = [Math.sin((1 - share) * omega) / Math.sin(omega), Math.sin(share * omega) / Math.sin(omega)];
  const long = longA * (1 - share) + longB * share;
  return a.map(
    (value, i) => long * ((longA ? (toA * value) / longA : 0) + (longB ? (toB * (b[i] as number)) / longB : 0)),
  );
}

/** One axis of `[n, c, length, stride]` by slerp between the vectors of channels. */
function slerpAxis(data: Float32Array, channels: number, length: number, stride: number, target: number) {
  const images = data.length / (channels * length * stride);
  const result = new Float32Array(images * channels * target * stride);
  for (let at = 0; at < target; at++) {
    const place = Math.min(length - 1, Math.max(0, (at + 0.5) * (length / target) - 0.5));
    const [low, share] = [Math.floor(place), place - Math.floor(place)];
    const high = Math.min(length - 1, low + 1);
    for (let image = 0; image < images; image++)
      for (let s = 0; s < stride; s++) {
        const vector = (where: number) =>
          Array.from(
            { length: channels },
            (_, c) => data[((image * channels + c) * length + where) * stride + s] as number,
          );
        for (const [c, value] of slerp(vector(low), vector(high), share).entries())
          result[((image * channels + c) * target + at) * stride + s] = value;
      }
  }
  return result;
}

/** The axes of the planes exchanged, `[n·c, h, w]` to `[n·c, w, h]`. */
function transposed(data: Float32Array, width: number, height: number): Float32Array {
  const result = new Float32Array(data.length);
  for (let at = 0; at < data.length; at++) {
    const plane = Math.floor(at / (width * height));
    const [x, y] = [at % width, Math.floor(at / width) % height];
    result[(plane * width + x) * height + y] = data[at] as number;
  }
  return result;
}

function bislerp(data: Float32Array, channels: number, { width, height }: Size, to: Size): Float32Array {
  const turned = slerpAxis(transposed(data, width, height), channels, width, height, to.width);
  return slerpAxis(transposed(turned, height, to.width), channels, height, to.width, to.height);
}

/** What is left and right or above and below of the middle part that has the ratio of the target, in whole places. */
function margins({ width, height }: Size, to: Size): { x: number; y: number } {
  const [old, wanted] = [width / height, to.width / to.height];
  return {
    x: old > wanted ? roundHalfEven((width - width * (wanted / old)) / 2) : 0,
    y: old < wanted ? roundHalfEven((height - height * (old / wanted)) / 2) : 0,
  };
}

/** `[n, c, h, w]` at another size; with `cropped` the middle part of its ratio. */
export async function rescale(
  device: Device,
  tensor: Tensor,
  to: Size,
  method: Method,
  cropped: boolean,
): Promise<Tensor> {
  const [n = 0, c = 0, height = 0, width = 0] = tensor.dims;
  const { x, y } = cropped ? margins({ width, height }, to) : { x: 0, y: 0 };
  const size = { width: width - 2 * x, height: height - 2 * y };
  const all = await device.read(tensor);
  let data: Float32Array = Float32Array.from(all);
  if (x || y) {
    data = new Float32Array(n * c * size.width * size.height);
    for (let row = 0; row < n * c * size.height; row++) {
      const from = (Math.floor(row / size.height) * height + y + (row % size.height)) * width + x;
      data.set(all.subarray(from, from + size.width), row * size.width);
    }
  }
  const scaled = method === 'bislerp' ? bislerp(data, c, size, to) : plainly(data, size, to, method);
  return device.tensor(Float32Array.from(scaled), [n, c, to.height, to.width]);
}

/** A size of which one side may be 0: that one follows from the ratio. No side is shorter than `least`. */
export function wholeSize(from: Size, { width, height }: Size, least: number): Size | undefined {
  if (width === 0 && height === 0) return undefined;
  const tall = Math.max(height, least);
  const wide = Math.max(width, least);
  if (width === 0) return { width: Math.max(least, roundHalfEven((from.width * tall) / from.height)), height: tall };
  if (height === 0) return { width: wide, height: Math.max(least, roundHalfEven((from.height * wide) / from.width)) };
  return { width: wide, height: tall };
}
