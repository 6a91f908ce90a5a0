import type { Folder } from '../src/core/define-node';
import type { Device, Tensor } from '../src/core/device';
import { ProblemError } from '../src/core/problem';
import type { TextEncoder, Tiles, UNet, Vae } from '../src/core/values';
import { defineNetwork } from '../src/onnx/network';
import { add } from '../src/onnx/ops/add';
import { clip } from '../src/onnx/ops/clip';
import { concatenate } from '../src/onnx/ops/concatenate';
import { exponential } from '../src/onnx/ops/exponential';
import { multiply } from '../src/onnx/ops/multiply';
import { halves, split } from '../src/onnx/ops/split';
import { describe } from '../src/onnx/shapes';
import { compute } from './arithmetic';
import { joinContexts, repeatFor } from './blocks/unet-encoder';
import type { ClipText } from './clip-text';
import { readTokenizer } from './diffusers-folder';
import { readJson } from './folder-files';
import { FAMILY_NAMES, type Identity, unsupported } from './identity';
import { type OnnxPart, openOnnxPart } from './onnx-folder-part';
import { outputOf } from './outputs';
import { parseSchedulerConfig } from './scheduler-config';
import { assembleTextEncoder } from './text-encoder';
import { createTokenizer } from './tokenizer';

export interface OnnxModel {
  readonly identity: Identity;
  readonly textEncoder: TextEncoder;
  readonly unet: UNet;
  readonly vae: Vae;
  /** For people: what of it is not as in other models. */
  readonly notes: readonly string[];
}

const SCALING_FACTOR = 0.18215;

/** What such a folder is, by the config beside its UNet where there is one. */
async function identifyOnnxFolder(folder: Folder): Promise<Identity> {
  const config = await configOf(folder, 'unet');
  if (folder.paths.some((path) => path.startsWith('text_encoder_2/')))
    return unsupported('an SDXL model for ONNX Runtime', 'sdxl');
  const family = config.cross_attention_dim === 1024 || config.use_linear_projection === true ? 'sd2' : 'sd1';
  return { kind: 'onnx', family, sentence: `A ${FAMILY_NAMES[family]} model that was exported to ONNX.` };
}

/**
 * Opens a Stable Diffusion 1 or 2 model that was exported to ONNX, in the layout of optimum (`text_encoder`, `unet`,
 * `vae_decoder` and perhaps `vae_encoder`, each with model.onnx). Of the graphs only what they take and give is read here; they
 * compute as they are, so neither LoRA nor learned words nor ControlNets reach into them.
 */
export async function openOnnxFolder(folder: Folder): Promise<OnnxModel> {
  const { title } = folder;
  const identity = await identifyOnnxFolder(folder);
  if (identity.kind === 'unsupported') throw new Error(`"${title}" cannot be run. ${identity.sentence}`);
  const textEncoder = await openText(folder);
  const unet = await openUNetPart(folder);
  if (textEncoder.width !== unet.contextWidth) {
    throw new Error(
      `The text encoder of "${title}" gives conditioning of width ${textEncoder.width}, but the UNet takes ` +
        `${unet.contextWidth}; the parts of this folder belong to different models.`,
    );
  }
  const { vae, notes } = await openVaeParts(folder);
  return { identity, textEncoder, unet, vae, notes };
}

/** Fields of a config that may be missing: exports of some tools come without. */
async function configOf(folder: Folder, part: string): Promise<Readonly<Record<string, unknown>>> {
  const path = `${part}/config.json`;
  if (!folder.paths.includes(path)) return {};
  const config = await readJson(folder, path);
  return typeof config === 'object' && config !== null ? (config as Record<string, unknown>) : {};
}

const sizeIn = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;

async function openText(folder: Folder): Promise<TextEncoder> {
  const { key, title } = folder;
  const part = await openOnnxPart(folder, 'text_encoder', ['input_ids']);
  const config = await configOf(folder, 'text_encoder');
  const ids = part.input('input_ids');
  const hidden = part.output('last_hidden_state');
  const length = ids.dims[1] ?? sizeIn(config.max_position_embeddings) ?? 77;
  const width = hidden.dims[2] ?? sizeIn(config.hidden_size);
  if (width === undefined)
    throw new Error(`Neither config.json nor model.onnx tells how wide the text encoder of "${title}" is.`);
  const network: ClipText = {
    width,
    length,
    vocabulary: sizeIn(config.vocab_size) ?? Number.POSITIVE_INFINITY,
    layers: sizeIn(config.num_hidden_layers) ?? 12,
    async encode(device, tokens, vectors, clipSkip) {
      if (clipSkip > 1) {
        throw new ProblemError({
          port: 'clipSkip',
          what: `The text encoder "${title}" came as a finished graph (ONNX), which gives its last layer alone.`,
          cure: 'Choose a clip skip of 1, or the same model as .safetensors.',
        });
      }
      if (vectors.size > 0) {
        throw new ProblemError({
          port: 'embeddings',
          what: `The text encoder "${title}" came as a finished graph (ONNX), which no learned word can enter.`,
          cure: 'Choose the same model as .safetensors, or leave the word out of the prompt.',
        });
      }
      const input_ids = device.tensor(Float32Array.from(tokens), [1, tokens.length]);
      try {
        const { [hidden.name]: wanted, ...others } = await part.run(device, { input_ids });
        for (const tensor of Object.values(others)) device.dispose(tensor);
        return wanted as Tensor;
      } finally {
        device.dispose(input_ids);
      }
    },
  };
  const tokenizer = createTokenizer(await readTokenizer(folder), { maxLength: length });
  return assembleTextEncoder(tokenizer, network, { key: `${key}/text_encoder`, title });
}

async function openUNetPart(folder: Folder): Promise<UNet> {
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

async function openVaeParts(folder: Folder): Promise<{ vae: Vae; notes: readonly string[] }> {
  const { key, title } = folder;
  const decoder = await openOnnxPart(folder, 'vae_decoder', ['latent_sample']);
  const encoder = folder.paths.includes('vae_encoder/model.onnx')
    ? await openOnnxPart(folder, 'vae_encoder', ['sample'])
    : undefined;
  const config = await configOf(folder, 'vae_decoder');
  const scale = typeof config.scaling_factor === 'number' ? config.scaling_factor : SCALING_FACTOR;
  const blocks = Array.isArray(config.block_out_channels) ? config.block_out_channels.length : 4;
  const factor = 2 ** (blocks - 1);
  const latentChannels = decoder.input('latent_sample').dims[1] ?? sizeIn(config.latent_channels) ?? 4;
  const notes = encoder && !givesMoments(encoder, latentChannels) ? [SAMPLED] : [];

  const vae: Vae = {
    key: `${key}/vae`,
    title,
    latentChannels,
    factor,
    async decode(device, latent, tiles) {
      refuseTiles(tiles, title);
      if (latent.dims.length !== 4 || latent.dims[1] !== latentChannels) {
        throw new Error(
          `The VAE "${title}" takes latents of ${latentChannels} channels, but this one is ${describe(latent.dims)}.`,
        );
      }
      const unscaled = await compute(device, `times ${1 / scale}`, { latent }, (inputs, graph) =>
        multiply(inputs.latent, graph.constant([1 / scale])),
      );
      const pixels = await only(device, decoder, { latent_sample: unscaled }, decoder.output('sample').name);
      return only(device, { run: toPicture }, { pixels }, 'image');
    },
    async encode(device, image, tiles) {
      refuseTiles(tiles, title);
      if (!encoder) {
        throw new ProblemError({
          port: 'vae',
          what: `"${title}" has no vae_encoder, so it cannot encode a picture.`,
          cure: 'Take another export of the model, or the VAE of another checkpoint.',
        });
      }
      const [, channels, height = 0, width = 0] = image.dims;
      if (image.dims.length !== 4 || channels !== 3 || height % factor !== 0 || width % factor !== 0) {
        throw new Error(
          `The VAE "${title}" takes RGB images whose sides are multiples of ${factor}, but this one is ` +
            `${describe(image.dims)}. Resize it first.`,
        );
      }
      const sample = await compute(device, 'pixels from -1 to 1', { image }, (inputs, graph) =>
        add(multiply(inputs.image, graph.constant([2])), graph.constant([-1])),
      );
      const { name } = encoder.output('latent_parameters', 'latent_sample');
      const latent = await only(device, encoder, { sample }, name);
      try {
        return await posterior(device, latent, scale, latentChannels);
      } finally {
        device.dispose(latent);
      }
    },
  };
  return { vae, notes };
}

function refuseTiles(tiles: Tiles | undefined, title: string): void {
  if (tiles !== 'on') return;
  throw new ProblemError({
    port: 'tiles',
    what: `The VAE "${title}" came as finished graphs (ONNX), which work on whole pictures.`,
    cure: 'Choose "off", or the same model as .safetensors.',
  });
}

const SAMPLED =
  'The encoder of this export draws its own noise, so encoding the same picture twice gives two latents that differ a little.';

/** Whether the encoder gives mean and variance; older exports give a sample instead. */
function givesMoments(encoder: OnnxPart, latentChannels: number): boolean {
  const { name, dims } = encoder.output('latent_parameters', 'latent_sample');
  return name === 'latent_parameters' || dims[1] === 2 * latentChannels;
}

/** Runs something for one of its outputs. Its feeds and other outputs are disposed of. */
async function only(
  device: Device,
  part: Pick<OnnxPart, 'run'>,
  feeds: Readonly<Record<string, Tensor>>,
  output: string,
): Promise<Tensor> {
  try {
    const { [output]: wanted, ...others } = await part.run(device, feeds);
    for (const tensor of Object.values(others)) device.dispose(tensor);
    return wanted as Tensor;
  } finally {
    for (const tensor of Object.values(feeds)) device.dispose(tensor);
  }
}

async function toPicture(device: Device, feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>> {
  const pixels = feeds.pixels as Tensor;
  const image = await compute(device, 'pixels from 0 to 1', { pixels }, (inputs, graph) =>
    clip(add(multiply(inputs.pixels, graph.constant([0.5])), graph.constant([0.5])), 0, 1),
  );
  return { image };
}

/** Mean and standard deviation, scaled, of what an encoder gave: both of them, or a sample, which counts as a mean without spread. */
async function posterior(
  device: Device,
  given: Tensor,
  scale: number,
  latentChannels: number,
): Promise<{ mean: Tensor; std: Tensor }> {
  const both = given.dims[1] === 2 * latentChannels;
  const network = defineNetwork(`onnx-posterior ${given.dims.join('x')} ${scale} ${both}`, (graph) => {
    const input = graph.input('given', given.dims);
    const factor = graph.constant([scale]);
    const [mean, logVariance] = both ? halves(input, 1) : [input, undefined];
    graph.output('mean', multiply(mean, factor));
    const std = logVariance && exponential(multiply(clip(logVariance, -30, 20), graph.constant([0.5])));
    graph.output('std', std ? multiply(std, factor) : multiply(input, graph.constant([0])));
  });
  const results = await device.run(network, { given });
  return { mean: outputOf(results, 'mean'), std: outputOf(results, 'std') };
}
