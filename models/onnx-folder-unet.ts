import type { Folder } from '../src/core/define-node';
import type { Device, Tensor } from '../src/core/device';
import type { UNet } from '../src/core/values';
import { defineNetwork } from '../src/onnx/network';
import { concatenate } from '../src/onnx/ops/concatenate';
import { multiply } from '../src/onnx/ops/multiply';
import { split } from '../src/onnx/ops/split';
import { describe } from '../src/onnx/shapes';
import { joinContexts, repeatFor } from './blocks/unet-encoder';
import { readJson } from './folder-files';
import { configOf, sizeIn } from './onnx-folder-config';
import { openOnnxPart } from './onnx-folder-part';
import { outputOf } from './outputs';
import { parseSchedulerConfig } from './scheduler-config';

/** The UNet of a folder that was exported to ONNX. */
export async function openOnnxUNet(folder: Folder): Promise<UNet> {
  const { title } = folder;
  const part = await openOnnxPart(folder, 'unet', ['sample', 'timestep', 'encoder_hidden_states']);
  const config = await configOf(folder, 'unet');
  const [sample, time, hidden] = ['sample', 'timestep', 'encoder_hidden_states'].map((name) => part.input(name));
  const answer = part.output('out_sample', 'sample');
  const inputChannels = sample?.dims[1] ?? sizeIn(config.in_channels) ?? 4;
  const latentChannels = answer.dims[1] ?? sizeIn(config.out_channels) ?? 4;
  const contextWidth = hidden?.dims[2] ?? sizeIn(config.cross_attention_dim);
  if (contextWidth === undefined)
    throw new Error(`Neither config.json nor model.onnx tells how wide the conditioning of "${title}" is.`);
  const schedule = parseSchedulerConfig(await readJson(folder, 'scheduler/scheduler_config.json'));
  // Exported for one batch alone, it is asked once for each context.
  const batch = sample?.dims[0];

  const evaluate: UNet['predict'] = async (device, { latent, inputScale, timestep, contexts }) => {
    const [n = 1, channels] = latent.dims;
    if (channels !== inputChannels) {
      throw new Error(
        `The UNet "${title}" takes latents of ${inputChannels} channels, but this one is ${describe(latent.dims)}.`,
      );
    }
    const wrong = contexts.find(({ dims }) => dims[0] !== 1 || dims[2] !== contextWidth);
    if (wrong) {
      throw new Error(
        `The UNet "${title}" takes conditioning of width ${contextWidth}, but this one is ${describe(wrong.dims)}. ` +
          'Does the text encoder belong to another model?',
      );
    }
    const input = await joinedInput(device, latent, inputScale, contexts, latentChannels);
    const rows = time?.dims.length === 0 ? [] : [time?.dims[0] ?? 1];
    const times = device.tensor(new Float32Array(rows[0] ?? 1).fill(timestep), rows);
    try {
      const results = await part.run(device, { ...input, timestep: times });
      const prediction = outputOf(results, answer.name);
      if (contexts.length === 1) return [prediction];
      const parts = await separated(device, prediction, contexts.length, n);
      device.dispose(prediction);
      return parts;
    } finally {
      for (const tensor of [...Object.values(input), times]) device.dispose(tensor);
    }
  };

  return {
    key: `${folder.key}/unet`,
    title,
    inputChannels,
    latentChannels,
    ...schedule,
    contextWidth,
    async predict(device, { contexts, ...input }) {
      if (batch === undefined || batch === contexts.length * (input.latent.dims[0] ?? 1)) {
        return evaluate(device, { contexts, ...input });
      }
      const each: Tensor[] = [];
      for (const context of contexts) each.push(...(await evaluate(device, { contexts: [context], ...input })));
      return each;
    },
  };
}

/** The latent and the contexts as one batch, under the names that the UNet has for them. */
async function joinedInput(
  device: Device,
  latent: Tensor,
  inputScale: number,
  contexts: readonly Tensor[],
  scaled: number,
): Promise<{ sample: Tensor; encoder_hidden_states: Tensor }> {
  const [n = 1, channels = 0] = latent.dims;
  const shapes = contexts.map(({ dims }) => dims.join('x'));
  const network = defineNetwork(`onnx-input ${latent.dims.join('x')} ${scaled} scaled, ${shapes}`, (graph) => {
    const scale = graph.input('input_scale', [1]);
    const whole = graph.input('latent', latent.dims);
    // What inpainting models see beside the latent is not scaled.
    const [noisy = whole, ...rest] = channels > scaled ? split(whole, 1, [scaled, channels - scaled]) : [whole];
    const given = contexts.map((context, i) => graph.input(`context_${i}`, context.dims));
    graph.output('sample', repeatFor(given, concatenate([multiply(noisy, scale), ...rest], 1)));
    graph.output('encoder_hidden_states', joinContexts(given, n));
  });
  const input_scale = device.tensor(Float32Array.of(inputScale), [1]);
  try {
    const named = Object.fromEntries(contexts.map((context, i) => [`context_${i}`, context]));
    const results = await device.run(network, { latent, input_scale, ...named });
    return { sample: outputOf(results, 'sample'), encoder_hidden_states: outputOf(results, 'encoder_hidden_states') };
  } finally {
    device.dispose(input_scale);
  }
}

async function separated(device: Device, batch: Tensor, parts: number, n: number): Promise<Tensor[]> {
  const network = defineNetwork(`onnx-parts ${batch.dims.join('x')} ${parts}`, (graph) => {
    const pieces = split(graph.input('batch', batch.dims), 0, new Array<number>(parts).fill(n));
    for (const [i, piece] of pieces.entries()) graph.output(`part_${i}`, piece);
  });
  const results = await device.run(network, { batch });
  return Array.from({ length: parts }, (_, i) => outputOf(results, `part_${i}`));
}
