import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OnnxModel, openOnnxFolder } from '../models/onnx-folder';
import type { Folder } from '../src/core/define-node';
import type { Device } from '../src/core/device';
import { bytesInMemory } from '../src/formats/bytes';
import { openSafetensors, type SafetensorsFile } from '../src/formats/safetensors';
import { expectClose } from './closeness';
import { Sketch } from './picture-graphs';
import { decibels, type ReadReference, referenceHost, runGraph } from './pictures';
import settings from './reference/onnx-folders/recorded.json';

const PARTS = ['text_encoder', 'unet', 'vae_encoder', 'vae_decoder'];
const FILES = [
  'model_index.json',
  'scheduler/scheduler_config.json',
  ...['vocab.json', 'merges.txt', 'special_tokens_map.json', 'tokenizer_config.json'].map(
    (name) => `tokenizer/${name}`,
  ),
  ...PARTS.flatMap((part) => ['config.json', 'model.onnx', 'model.onnx_data'].map((name) => `${part}/${name}`)),
];

/** A folder that reference/make_onnx_folder.py wrote. */
function onnxFolder(read: ReadReference, name: string): Folder {
  return {
    key: `onnx-folders/${name}`,
    title: name,
    paths: FILES,
    async open(path) {
      const bytes = await read(`onnx-folders/${name}/${path}`);
      return bytes && bytesInMemory(bytes);
    },
  };
}

/**
 * Largest difference from diffusers in float32, as a part of the range. What is computed in half precision has three digits,
 * and the steps of a sampler add up what is missing.
 */
const TOLERANCES = { fp32: 1e-4, fp16: 3e-2 } as const;

/** Exports to ONNX on a device, against diffusers with the same weights: all parts in a graph, or the encoder alone. */
export function testOnnxFolders(
  makeDevice: () => Promise<Device>,
  read: ReadReference,
  names: readonly (keyof typeof TOLERANCES)[] = ['fp32', 'fp16'],
  graphs = true,
): void {
  let device: Device;
  // A software adapter takes its time.
  beforeAll(async () => {
    device = await makeDevice();
  }, 120_000);
  afterAll(() => device.release());

  describe.each(names)('the model that was exported in %s', (name) => {
    let model: OnnxModel;
    let recorded: SafetensorsFile;
    beforeAll(async () => {
      model = await openOnnxFolder(onnxFolder(read, name));
      recorded = openSafetensors(bytesInMemory((await read('onnx-folders/recorded.safetensors')) as Uint8Array));
    });
    const expected = (part: string) => recorded.read(`${name}.${part}`);

    if (graphs) {
      test('makes the picture that diffusers makes', async () => {
        const sketch = new Sketch({
          prompt: { text: settings.prompt },
          negative: { text: settings.negative },
          checkpoint: { model: name },
          noise: { seed: settings.seed, width: settings.width, height: settings.height },
          scheduler: { sampler: settings.sampler, steps: settings.steps },
          cfg: { scale: settings.guidance },
        });
        sketch.wire('checkpoint.vae', 'noise.vae').wire('checkpoint.unet', 'scheduler.unet');
        const host = { ...referenceHost(read), folder: async () => onnxFolder(read, name) };
        const { made, problems, outcome, held } = await runGraph(device, sketch.document, read, host);
        expect(problems).toEqual([]);
        expect(outcome).toBe('done');
        expectClose(made.get('end') ?? [], expected('latent'), TOLERANCES[name]);
        expect(decibels(made.get('decode') ?? [], expected('picture'))).toBeGreaterThan(50);
        expect(held).toBe(0);
      });
    }

    test('encodes pictures as diffusers does', async () => {
      const image = device.tensor(expected('image') as Float32Array<ArrayBuffer>, [1, 3, 16, 32]);
      const { mean, std } = await model.vae.encode(device, image);
      expect(mean.dims).toEqual([1, 4, 4, 8]);
      expectClose(await device.read(mean), expected('mean'), TOLERANCES[name]);
      expectClose(await device.read(std), expected('std'), TOLERANCES[name]);
    });

    test('refuses learned words, clip skip and ControlNets in sentences', async () => {
      const embedding = { key: 'zork', word: 'zork', vectors: new Float32Array(24), width: 24 };
      await expect(model.textEncoder.encode(device, 'a zork', [embedding])).rejects.toThrow(
        'no learned word can enter',
      );
      await expect(model.textEncoder.encode(device, 'a cat', [], { syntax: 'plain', clipSkip: 2 })).rejects.toThrow(
        'gives its last layer alone',
      );
      expect(model.unet.residualShapes).toBeUndefined();
      expect(model.unet.withLora).toBeUndefined();
      expect(model.textEncoder.withLora).toBeUndefined();
    });
  });
}
