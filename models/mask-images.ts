import type { Device, Tensor } from '../src/core/device';
import { concatenate } from '../src/onnx/ops/concatenate';
import { convolution } from '../src/onnx/ops/convolution';
import { compute } from './arithmetic';

export const imageChannels = ['luminance', 'red', 'green', 'blue'] as const;

/** Luminance as Pillow's mode L and ITU-R 601-2 weigh it. */
const WEIGHTS: Readonly<Record<(typeof imageChannels)[number], readonly number[]>> = {
  luminance: [0.299, 0.587, 0.114],
  red: [1, 0, 0],
  green: [0, 1, 0],
  blue: [0, 0, 1],
};

/** RGB `[n, 3, h, w]` to a mask `[n, 1, h, w]`. */
export function maskOfImage(device: Device, image: Tensor, channel: (typeof imageChannels)[number]): Promise<Tensor> {
  return compute(device, `mask of ${channel}`, { image }, (inputs, graph) =>
    convolution(inputs.image, graph.constant(WEIGHTS[channel], [1, 3, 1, 1]), graph.constant([0]), {
      stride: 1,
      pads: [0, 0, 0, 0],
    }),
  );
}

/** A mask `[n, 1, h, w]` as a grey picture `[n, 3, h, w]`. */
export function imageOfMask(device: Device, mask: Tensor): Promise<Tensor> {
  return compute(device, 'picture of a mask', { mask }, ({ mask: m }) => concatenate([m, m, m], 1));
}
