import { describe, expect, test } from 'vitest';
import { linearCombination, linearCombinations } from '../models/arithmetic';
import { type DiffusersModel, openDiffusersFolder } from '../models/diffusers-folder';
import type { ByteSource, Device, Tensor } from '../src/core/device';
import { bytesInMemory } from '../src/formats/bytes';
import { openSafetensors, type SafetensorsFile } from '../src/formats/safetensors';
import type { GraphOptions } from '../src/onnx/graph';
import { expectClose } from './closeness';

/** The folders that reference/make_micro_models.py writes. */
const MICRO_MODELS = ['sd1-fp32', 'sd2-fp16', 'inpainting-sharded', 'odd-bf16'] as const;

/** Largest difference from the recorded outputs, as a part of their range. */
const TOLERANCE = 1e-4;
/** In half precision, whose numbers have 11 bits: rounding to them is off by 5e-4 at most each time. */
const HALF_TOLERANCE = 1e-2;

/** A file under test/reference/models, or undefined when there is none. */
export type ReadReference = (path: string) => Promise<Uint8Array | undefined>;

interface Opened {
  readonly device: Device;
  readonly model: DiffusersModel;
  readonly recorded: SafetensorsFile;
}

/** The micro models on a device, against the outputs of diffusers and transformers. */
export function testMicroModels(makeDevice: () => Promise<Device>, read: ReadReference, graph?: GraphOptions): void {
  const tolerance = graph?.precision === 'float16' ? HALF_TOLERANCE : TOLERANCE;
  describe.each(MICRO_MODELS)('the micro model %s computes what diffusers computes:', (name) => {
    let opened: Promise<Opened> | undefined;
    const open = () => {
      opened ??= openMicroModel(makeDevice, read, name, graph);
      return opened;
    };

    test('the text encoder, from a prompt to the conditioning', async () => {
      const { device, model, recorded } = await open();
      const expected = recorded.read('text.hidden');
      const half = expected.length / 2;
      for (const [i, prompt] of [promptOf(recorded), ''].entries()) {
        const [entry] = await model.textEncoder.encode(device, prompt, []);
        expect(entry?.tokens.dims).toEqual([1, 77, model.textEncoder.width]);
        expectClose(await device.read(entry?.tokens as Tensor), expected.subarray(i * half, (i + 1) * half), tolerance);
      }
    });

    test.each([999, 261.75])('the UNet at timestep %d, for two conditionings in one run', async (timestep) => {
      const { device, model, recorded } = await open();
      const latent = tensor(device, recorded, 'unet.latent');
      const contexts = contextsOf(device, recorded);
      const predictions = await model.unet.predict(device, { latent, inputScale: 1, timestep, contexts });
      for (const [i, prediction] of predictions.entries()) {
        const expected = `unet.${timestep.toFixed(timestep % 1 === 0 ? 1 : 2)}.${i}`;
        expect(prediction.dims).toEqual(recorded.tensors.get(expected)?.shape);
        expectClose(await device.read(prediction), recorded.read(expected), tolerance);
      }
    });

    test('the encoder of the VAE', async () => {
      const { device, model, recorded } = await open();
      const { mean, std } = await model.vae.encode(device, tensor(device, recorded, 'vae.image'));
      expect(mean.dims).toEqual(recorded.tensors.get('vae.mean')?.shape);
      expectClose(await device.read(mean), recorded.read('vae.mean'), tolerance);
      expectClose(await device.read(std), recorded.read('vae.std'), tolerance);
    });

    test('the decoder of the VAE', async () => {
      const { device, model, recorded } = await open();
      const image = await model.vae.decode(device, tensor(device, recorded, 'vae.latent'));
      expect(image.dims).toEqual(recorded.tensors.get('vae.decoded')?.shape);
      expectClose(await device.read(image), recorded.read('vae.decoded'), tolerance);
    });
  });
}

/** Behaviour of the parts that one model shows as well as four. */
export function testParts(makeDevice: () => Promise<Device>, read: ReadReference): void {
  test('the input scale of an inpainting UNet leaves mask and masked image as they are', async () => {
    const { device, model, recorded } = await openMicroModel(makeDevice, read, 'inpainting-sharded');
    const latent = recorded.read('unet.latent').slice();
    const [n = 0, channels = 0, height = 0, width = 0] = recorded.tensors.get('unet.latent')?.shape ?? [];
    latent.forEach((value, i) => {
      if (Math.floor(i / (height * width)) % channels < model.unet.latentChannels) latent[i] = value / 4;
    });
    const [prediction] = await model.unet.predict(device, {
      latent: device.tensor(latent as Float32Array<ArrayBuffer>, [n, channels, height, width]),
      inputScale: 4,
      timestep: 999,
      contexts: contextsOf(device, recorded).slice(0, 1),
    });
    expectClose(await device.read(prediction as Tensor), recorded.read('unet.999.0.0'), TOLERANCE);
  });

  test('a learned word whose vector is that of "cat" reads as "cat"', async () => {
    const { device, model, recorded } = await openMicroModel(makeDevice, read, 'sd1-fp32');
    const file = openSafetensors(await source(read, 'sd1-fp32/text_encoder/model.safetensors'));
    const vocabulary = JSON.parse(new TextDecoder().decode(await read('sd1-fp32/tokenizer/vocab.json')));
    const id: number = vocabulary['cat</w>'];
    const vectors = file.readRows('text_model.embeddings.token_embedding.weight', id, id + 1);
    const embedding = { key: 'zork', word: 'zork', vectors, width: model.textEncoder.width };
    const prompt = promptOf(recorded).replace('cat', 'zork');
    const [entry] = await model.textEncoder.encode(device, prompt, [embedding]);
    const expected = recorded.read('text.hidden');
    expectClose(await device.read(entry?.tokens as Tensor), expected.subarray(0, expected.length / 2), TOLERANCE);
  });

  test('linear combinations are sums of products, several at once', async () => {
    const device = await makeDevice();
    const tensors = [Float32Array.of(1, 2), Float32Array.of(10, 20)].map((data) => device.tensor(data, [1, 2]));
    const sums = await linearCombinations(device, tensors, [
      [1, 1],
      [2, -0.5],
    ]);
    expect([...(await device.read(sums[0] as Tensor))]).toEqual([11, 22]);
    expect([...(await device.read(sums[1] as Tensor))]).toEqual([-3, -6]);
    const half = await linearCombination(device, [{ tensor: tensors[0] as Tensor, coefficient: 0.5 }]);
    expect([...(await device.read(half))]).toEqual([0.5, 1]);
  });
}

async function openMicroModel(
  makeDevice: () => Promise<Device>,
  read: ReadReference,
  name: string,
  graph?: GraphOptions,
): Promise<Opened> {
  const folder = {
    async open(path: string): Promise<ByteSource | undefined> {
      const bytes = await read(`${name}/${path}`);
      return bytes && bytesInMemory(bytes);
    },
  };
  return {
    device: await makeDevice(),
    model: await openDiffusersFolder(folder, { key: `micro/${name}`, title: name, ...(graph && { graph }) }),
    recorded: openSafetensors(await source(read, `${name}/recorded.safetensors`)),
  };
}

async function source(read: ReadReference, path: string): Promise<ByteSource> {
  const bytes = await read(path);
  if (!bytes) throw new Error(`There is no reference file ${path}.`);
  return bytesInMemory(bytes);
}

function promptOf(recorded: SafetensorsFile): string {
  return recorded.metadata.prompt as string;
}

function tensor(device: Device, recorded: SafetensorsFile, name: string): Tensor {
  const shape = recorded.tensors.get(name)?.shape ?? [];
  return device.tensor(recorded.read(name) as Float32Array<ArrayBuffer>, shape);
}

/** The recorded conditionings of the prompt and of the empty prompt, each `[1, 77, d]`. */
function contextsOf(device: Device, recorded: SafetensorsFile): Tensor[] {
  const hidden = recorded.read('text.hidden');
  const half = hidden.length / 2;
  const width = recorded.tensors.get('text.hidden')?.shape[2] ?? 0;
  return [0, 1].map((i) => {
    const data = hidden.slice(i * half, (i + 1) * half) as Float32Array<ArrayBuffer>;
    return device.tensor(data, [1, 77, width]);
  });
}
