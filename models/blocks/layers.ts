import type { Value } from '../../src/onnx/graph';
import { add } from '../../src/onnx/ops/add';
import { convolution } from '../../src/onnx/ops/convolution';
import { gemm } from '../../src/onnx/ops/gemm';
import { instanceNormalization } from '../../src/onnx/ops/instance-normalization';
import { layerNormalization } from '../../src/onnx/ops/layer-normalization';
import { multiply } from '../../src/onnx/ops/multiply';
import { reshape } from '../../src/onnx/ops/reshape';
import { dimension, elements } from '../../src/onnx/shapes';
import type { Parameters } from '../../src/onnx/weights';

/**
 * torch's `Linear`, on the last axis of `x`; a missing bias in the weights is no bias. The one place where a low-rank update
 * enters a network.
 */
export function linear(x: Value, parameters: Parameters, outputs: number): Value {
  const width = dimension(x.dims, -1);
  const weight = parameters.take('weight', [outputs, width]);
  const bias = parameters.has('bias') ? parameters.take('bias', [outputs]) : undefined;
  const rows = reshape(x, [elements(x.dims) / width, width]);
  const beside = parameters.branches.map((branch) => branch.linear(rows));
  return reshape(beside.reduce(add, gemm(rows, weight, bias)), x.dims.with(-1, outputs));
}

interface ConvolutionShape {
  readonly kernel: number;
  readonly stride?: number;
  /** Zeros on every side, or at the top, left, bottom and right. */
  readonly pads: number | readonly [number, number, number, number];
}

/** torch's `Conv2d` with a bias. Like `linear`, it has what LoRA adds beside it. */
export function conv2d(x: Value, parameters: Parameters, outputs: number, shape: ConvolutionShape): Value {
  const { kernel, stride = 1, pads } = shape;
  const weight = parameters.take('weight', [outputs, dimension(x.dims, 1), kernel, kernel]);
  const bias = parameters.take('bias', [outputs]);
  const attributes = { stride, pads: typeof pads === 'number' ? ([pads, pads, pads, pads] as const) : pads };
  const beside = parameters.branches.map((branch) => branch.convolution(x, { kernel, ...attributes }));
  return beside.reduce(add, convolution(x, weight, bias, attributes));
}

/**
 * torch's `GroupNorm` for `[n, c, h, w]`, https://arxiv.org/abs/1803.08494. Written with InstanceNormalization because
 * ONNX Runtime has no GPU kernel for GroupNormalization.
 */
export function groupNorm(x: Value, parameters: Parameters, groups: number, epsilon: number): Value {
  const [n = 0, channels = 0, height = 0, width = 0] = x.dims;
  if (channels % groups !== 0) {
    throw new Error(
      `GroupNorm at "${parameters.prefix}": ${channels} channels cannot be divided into ${groups} groups.`,
    );
  }
  const grouped = reshape(x, [n, groups, (channels / groups) * height * width]);
  const normal = reshape(instanceNormalization(grouped, epsilon), x.dims);
  const scaled = multiply(normal, parameters.take('weight', [channels, 1, 1]));
  return add(scaled, parameters.take('bias', [channels, 1, 1]));
}

/** torch's `LayerNorm` over the last axis. */
export function layerNorm(x: Value, parameters: Parameters, epsilon: number): Value {
  const width = dimension(x.dims, -1);
  return layerNormalization(x, parameters.take('weight', [width]), parameters.take('bias', [width]), epsilon);
}
