import type { Device, Network, Tensor } from '../src/core/device';
import type { Graph, Value } from '../src/onnx/graph';
import { defineNetwork } from '../src/onnx/network';
import { add } from '../src/onnx/ops/add';
import { concatenate } from '../src/onnx/ops/concatenate';
import { multiply } from '../src/onnx/ops/multiply';
import { resize } from '../src/onnx/ops/resize';
import { subtract } from '../src/onnx/ops/subtract';
import { outputOf } from './outputs';

/** `[n, c, h, w]` to another height and width, without smoothing; as torch's `interpolate`. */
export function resizePicture(
  device: Device,
  picture: Tensor,
  to: { readonly height: number; readonly width: number; readonly mode: 'nearest' | 'linear' },
): Promise<Tensor> {
  const { height, width, mode } = to;
  return compute(device, `resize ${mode} ${height}x${width}`, [picture], ([x]) => resize(x, mode, height, width));
}

/** Pictures `[n, c, h, w]` one behind the other, `[n, c1 + c2 + ..., h, w]`: what an inpainting UNet takes. */
export function joinChannels(device: Device, pictures: readonly [Tensor, ...Tensor[]]): Promise<Tensor> {
  return compute(device, 'join-channels', pictures, (values) => concatenate(values, 1));
}

/** `a` where the mask is 0 and `b` where it is 1. The mask `[n, 1, h, w]` holds for all channels. */
export function blend(device: Device, a: Tensor, b: Tensor, mask: Tensor): Promise<Tensor> {
  return compute(device, 'blend', [a, b, mask], ([low, high, weight]) =>
    add(low, multiply(weight as Value, subtract(high as Value, low))),
  );
}

async function compute(
  device: Device,
  name: string,
  tensors: readonly [Tensor, ...Tensor[]],
  build: (values: readonly [Value, ...Value[]]) => Value,
): Promise<Tensor> {
  const feeds = Object.fromEntries(tensors.map((tensor, i) => [`x_${i}`, tensor]));
  return outputOf(await device.run(network(name, tensors, build), feeds), 'y');
}

function network(
  name: string,
  tensors: readonly Tensor[],
  build: (values: readonly [Value, ...Value[]]) => Value,
): Network {
  const shapes = tensors.map(({ dims }) => dims.join('x')).join(' ');
  return defineNetwork(`${name} ${shapes}`, (graph: Graph) => {
    const [first, ...others] = tensors.map(({ dims }, i) => graph.input(`x_${i}`, dims));
    if (!first) throw new Error('There are no pictures to compute with.');
    graph.output('y', build([first, ...others]));
  });
}
