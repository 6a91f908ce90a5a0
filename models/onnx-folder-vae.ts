import type { Folder } from '../src/core/define-node';
import type { Device, Tensor } from '../src/core/device';
import { ProblemError } from '../src/core/problem';
import type { Tiles, Vae } from '../src/core/values';
import { defineNetwork } from '../src/onnx/network';
import { add } from '../src/onnx/ops/add';
import { clip } from '../src/onnx/ops/clip';
import { exponential } from '../src/onnx/ops/exponential';
import { multiply } from '../src/onnx/ops/multiply';
import { halves } from '../src/onnx/ops/split';
import { describe } from '../src/onnx/shapes';
import { compute } from './arithmetic';
import { configOf, sizeIn } from './onnx-folder-config';
import { type OnnxPart, openOnnxPart } from './onnx-folder-part';
import { outputOf } from './outputs';

const SCALING_FACTOR = 0.18215;

/** Decoder and, where there is one, encoder of a folder that was exported to ONNX. */
export async function openOnnxVae(folder: Folder): Promise<{ vae: Vae; notes: readonly string[] }> {
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
