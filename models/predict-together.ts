import type { Device, Tensor } from '../src/core/device';
import type { UNet } from '../src/core/values';
import type { Value } from '../src/onnx/graph';
import { defineNetwork } from '../src/onnx/network';
import { concatenate } from '../src/onnx/ops/concatenate';
import type { Controlled } from './controlnet-residuals';
import { outputOf } from './outputs';

/** Beyond this, attending to repeated tokens costs more than a second run of the UNet; ComfyUI draws the same line. */
const MOST_REPEATS = 4;

/**
 * One evaluation of a UNet for several conditionings `[1, 77k, d]`, in one run also where they differ in length: each is
 * repeated to their least common multiple, since attention to equally repeated keys and values is that to single ones.
 * ControlNets run before it, with what `controlled` tells about them.
 */
export async function predictTogether(
  device: Device,
  unet: UNet,
  {
    contexts,
    controlled,
    ...input
  }: Omit<Parameters<UNet['predict']>[1], 'residuals'> & {
    readonly controlled?: Controlled;
  },
): Promise<Tensor[]> {
  const predict = async (some: readonly Tensor[], control: Controlled | undefined): Promise<Tensor[]> => {
    const { inputScale, timestep } = input;
    const evaluation = { inputScale, timestep, contexts: some };
    const residuals = control?.controls.some(({ length }) => length > 0)
      ? await (await import('./controlnet-residuals')).controlResiduals(device, unet, evaluation, control)
      : undefined;
    try {
      return await unet.predict(device, { ...input, contexts: some, ...(residuals && { residuals }) });
    } finally {
      for (const tensor of residuals ?? []) device.dispose(tensor);
    }
  };

  const lengths = contexts.map(({ dims }) => dims[1] ?? 0);
  const common = lengths.reduce((a, b) => (a * b) / greatestCommonDivisor(a, b));
  if (common > MOST_REPEATS * Math.min(...lengths)) {
    const each: Tensor[] = [];
    for (const [i, context] of contexts.entries()) {
      const own = controlled && { ...controlled, controls: controlled.controls.slice(i, i + 1) };
      each.push(...(await predict([context], own)));
    }
    return each;
  }
  const repeated: Tensor[] = [];
  try {
    const aligned: Tensor[] = [];
    for (const [i, context] of contexts.entries()) {
      const times = common / (lengths[i] as number);
      const tensor = times === 1 ? context : await repeat(device, context, times);
      if (times > 1) repeated.push(tensor);
      aligned.push(tensor);
    }
    return await predict(aligned, controlled);
  } finally {
    for (const tensor of repeated) device.dispose(tensor);
  }
}

async function repeat(device: Device, context: Tensor, times: number): Promise<Tensor> {
  const { dims } = context;
  const network = defineNetwork(`repeat ${dims.join('x')} ${times} times`, (graph) => {
    const tokens = graph.input('tokens', dims);
    const copies = Array.from({ length: times }, () => tokens) as [Value, ...Value[]];
    graph.output('repeated', concatenate(copies, 1));
  });
  return outputOf(await device.run(network, { tokens: context }), 'repeated');
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
