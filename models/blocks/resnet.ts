import { recomputed, type Value } from '../../src/onnx/graph';
import { add } from '../../src/onnx/ops/add';
import { reshape } from '../../src/onnx/ops/reshape';
import { resize } from '../../src/onnx/ops/resize';
import { dimension } from '../../src/onnx/shapes';
import type { Parameters } from '../../src/onnx/weights';
import { type Activation, activate } from './activation';
import { conv2d, groupNorm, linear } from './layers';

export interface ResnetSettings {
  readonly activation: Activation;
  readonly groups: number;
  readonly epsilon: number;
}

/**
 * diffusers' `ResnetBlock2D` with the default time shift: `[n, in, h, w]` to `[n, channels, h, w]`. `time` is the time
 * embedding `[1, d]`, or one for each `[n, d]`; autoencoders have none.
 */
export function resnet(
  x: Value,
  time: Value | undefined,
  parameters: Parameters,
  channels: number,
  settings: ResnetSettings,
): Value {
  return recomputed(x.graph, 'block', () => block(x, time, parameters, channels, settings));
}

function block(
  x: Value,
  time: Value | undefined,
  parameters: Parameters,
  channels: number,
  { activation, groups, epsilon }: ResnetSettings,
): Value {
  const convolve = (input: Value, name: string) => conv2d(input, parameters.at(name), channels, { kernel: 3, pads: 1 });
  let hidden = convolve(activate(groupNorm(x, parameters.at('norm1'), groups, epsilon), activation), 'conv1');
  if (time) {
    const shift = linear(activate(time, activation), parameters.at('time_emb_proj'), channels);
    hidden = add(hidden, reshape(shift, [dimension(time.dims, 0), channels, 1, 1]));
  }
  hidden = convolve(activate(groupNorm(hidden, parameters.at('norm2'), groups, epsilon), activation), 'conv2');
  const shortcut =
    dimension(x.dims, 1) === channels ? x : conv2d(x, parameters.at('conv_shortcut'), channels, { kernel: 1, pads: 0 });
  return add(shortcut, hidden);
}

/** Halves height and width. Padding 0 means one row and column of zeros at the bottom and right, as in autoencoders. */
export function downsample(x: Value, parameters: Parameters, padding: number): Value {
  const pads = padding === 0 ? ([0, 0, 1, 1] as const) : padding;
  return conv2d(x, parameters.at('conv'), dimension(x.dims, 1), { kernel: 3, stride: 2, pads });
}

/** Brings height and width, which are about double, to those of the skip connection that comes next. */
export function upsample(x: Value, parameters: Parameters, height: number, width: number): Value {
  const larger = resize(x, 'nearest', height, width);
  return conv2d(larger, parameters.at('conv'), dimension(x.dims, 1), { kernel: 3, pads: 1 });
}
