import type { Device, Tensor } from '../src/core/device';
import type { Graph, Value } from '../src/onnx/graph';
import { add } from '../src/onnx/ops/add';
import { clip } from '../src/onnx/ops/clip';
import { concatenate } from '../src/onnx/ops/concatenate';
import { divide } from '../src/onnx/ops/divide';
import { expand } from '../src/onnx/ops/expand';
import { multiply } from '../src/onnx/ops/multiply';
import { resize } from '../src/onnx/ops/resize';
import { subtract } from '../src/onnx/ops/subtract';
import { dimension } from '../src/onnx/shapes';
import { compute } from './arithmetic';

export const maskScalings = ['nearest', 'bilinear'] as const;
export const maskEdges = ['hard', 'soft'] as const;

/** How a mask `[1 or n, 1, h, w]` comes to another size; hard edges are 0 or 1, from 0.5 on (ComfyUI: above). */
export interface MaskFit {
  /** diffusers takes the nearest pixel, ComfyUI interpolates. */
  readonly scaling: (typeof maskScalings)[number];
  readonly edges: (typeof maskEdges)[number];
}

/** 1 where `x >= limit`, else 0. Float32 numbers near the limit are never so close that the factor would not part them. */
export function atLeast(x: Value, limit: number, graph: Graph): Value {
  const excess = multiply(subtract(x, graph.constant([limit])), graph.constant([2 ** 60]));
  return clip(add(excess, graph.constant([1])), 0, 1);
}

function fitMask(mask: Value, like: Value, { scaling, edges }: MaskFit, graph: Graph): Value {
  const [height, width] = [dimension(like.dims, 2), dimension(like.dims, 3)];
  const same = mask.dims[2] === height && mask.dims[3] === width;
  const sized = same ? mask : resize(mask, scaling === 'nearest' ? 'nearest' : 'linear', height, width);
  // ComfyUI rounds, which takes a half to 0; diffusers compares with a half.
  return edges === 'hard' ? atLeast(sized, scaling === 'bilinear' ? 0.5 + 2 ** -20 : 0.5, graph) : sized;
}

/** `(1 - m) * outside + m * inside`, both `[n, c, h, w]`. Where m is 0 or 1 the result is exactly one of them. */
export function blendMasked(
  device: Device,
  { outside, inside, mask }: { readonly outside: Tensor; readonly inside: Tensor; readonly mask: Tensor },
  how: MaskFit,
): Promise<Tensor> {
  return compute(device, `masked blend ${how.scaling} ${how.edges}`, { outside, inside, mask }, (inputs, graph) => {
    const m = fitMask(inputs.mask, inputs.inside, how, graph);
    const rest = subtract(graph.constant([1]), m);
    return add(multiply(rest, inputs.outside), multiply(m, inputs.inside));
  });
}

/** A picture `[n, 3, h, w]` in 0..1 with what the mask covers in mid grey, which is 0 in the range that encoders see. */
export function greyOut(device: Device, image: Tensor, mask: Tensor, how: MaskFit): Promise<Tensor> {
  return compute(device, `grey out ${how.scaling} ${how.edges}`, { image, mask }, (inputs, graph) => {
    const kept = subtract(graph.constant([1]), fitMask(inputs.mask, inputs.image, how, graph));
    const half = graph.constant([0.5]);
    return add(multiply(subtract(inputs.image, half), kept), half);
  });
}

/**
 * What a UNet trained for inpainting looks at: latent, mask and the latent of the picture without what is masked, as
 * channels of one tensor `[n, c + 1 + c, h, w]`, in the order of diffusers' inpainting pipeline. `scaling` is how the mask comes
 * to the size of the latent.
 */
export function inpaintingInput(
  device: Device,
  { latent, mask, masked }: { readonly latent: Tensor; readonly mask: Tensor; readonly masked: Tensor },
  scaling: MaskFit['scaling'] = 'nearest',
): Promise<Tensor> {
  return compute(device, `inpainting input ${scaling}`, { latent, mask, masked }, (inputs, graph) => {
    const batch = (x: Value) => expand(x, [dimension(inputs.latent.dims, 0), ...x.dims.slice(1)]);
    const m = fitMask(inputs.mask, inputs.latent, { scaling, edges: 'hard' }, graph);
    return concatenate([inputs.latent, batch(m), batch(inputs.masked)], 1);
  });
}

/** How a prediction is read: `denoised = x * latent + prediction * prediction` (`Step.denoised`). */
export interface DenoisedRule {
  readonly x: number;
  readonly prediction: number;
}

/**
 * ComfyUI's noise mask after the model (`KSamplerX0Inpaint`): the prediction for `latent` whose denoised picture is that of
 * `prediction` for `seen` inside the mask and `picture` outside. All are `[n, c, h, w]`.
 */
export async function maskPrediction(
  device: Device,
  tensors: {
    readonly latent: Tensor;
    readonly seen: Tensor;
    readonly prediction: Tensor;
    readonly picture: Tensor;
    readonly mask: Tensor;
  },
  rule: DenoisedRule,
  how: MaskFit,
): Promise<Tensor> {
  const toX = device.tensor(Float32Array.of(rule.x), [1]);
  const toPrediction = device.tensor(Float32Array.of(rule.prediction), [1]);
  try {
    return await compute(
      device,
      `masked prediction ${how.scaling} ${how.edges}`,
      { ...tensors, toX, toPrediction },
      (inputs, graph) => {
        const m = fitMask(inputs.mask, inputs.latent, how, graph);
        const rest = subtract(graph.constant([1]), m);
        const denoised = add(multiply(inputs.seen, inputs.toX), multiply(inputs.prediction, inputs.toPrediction));
        const wanted = add(multiply(m, denoised), multiply(rest, inputs.picture));
        const masked = divide(subtract(wanted, multiply(inputs.latent, inputs.toX)), inputs.toPrediction);
        // Where nothing is kept the UNet's own answer stands, without the rounding of there and back.
        const whole = atLeast(m, 1, graph);
        return add(multiply(whole, inputs.prediction), multiply(subtract(graph.constant([1]), whole), masked));
      },
    );
  } finally {
    device.dispose(toX);
    device.dispose(toPrediction);
  }
}
