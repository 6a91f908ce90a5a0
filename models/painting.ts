import type { DecodedImage } from '../src/core/define-node';
import type { Device, Tensor } from '../src/core/device';
import { add } from '../src/onnx/ops/add';
import { multiply } from '../src/onnx/ops/multiply';
import { resize } from '../src/onnx/ops/resize';
import { subtract } from '../src/onnx/ops/subtract';
import { compute } from './arithmetic';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What was painted, on the device: colours times opacity `[1, 3, h, w]` and opacity `[1, 1, h, w]`. */
export interface Painting {
  readonly colors: Tensor;
  readonly opacity: Tensor;
}

/** A painting at a size; what was painted at another is scaled. */
export async function paintingOf(device: Device, picture: DecodedImage, size: Size): Promise<Painting> {
  const { data, alpha, width, height } = picture;
  const plane = width * height;
  // Decoded pictures lie on white, which is taken away again.
  const colors = data.map((value, at) => value - (alpha ? 1 - (alpha[at % plane] as number) : 0));
  const made = {
    colors: device.tensor(colors, [1, 3, height, width]),
    opacity: device.tensor(alpha ?? new Float32Array(plane).fill(1), [1, 1, height, width]),
  };
  if (width === size.width && height === size.height) return made;
  const scaled = (tensor: Tensor) =>
    compute(device, `painting at ${size.width}x${size.height}`, { tensor }, (inputs) =>
      resize(inputs.tensor, 'linear', size.height, size.width),
    );
  try {
    return { colors: await scaled(made.colors), opacity: await scaled(made.opacity) };
  } finally {
    device.dispose(made.colors);
    device.dispose(made.opacity);
  }
}

/** A painting on a picture `[n, 3, h, w]` of its size: `picture · (1 − opacity) + colours`. */
export function layOn(device: Device, picture: Tensor, { colors, opacity }: Painting): Promise<Tensor> {
  return compute(device, 'painting on a picture', { picture, colors, opacity }, (inputs, graph) =>
    add(multiply(inputs.picture, subtract(graph.constant([1]), inputs.opacity)), inputs.colors),
  );
}
