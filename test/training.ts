import { describe, expect, test } from 'vitest';
import { parseClipTextConfig } from '../models/clip-text-config';
import { clipText, tokenEmbeddingName } from '../models/clip-text-graph';
import { openWeights } from '../models/diffusers-folder';
import { denoisingLoss } from '../models/training/denoising-loss';
import { buildGradients, gradientOptions, SCALE_INPUT, TRAINED } from '../models/training/gradient-graph';
import { withLearnedVectors } from '../models/training/learned-vectors';
import { trainedLayers, trainedLora } from '../models/training/trained-lora';
import { Trainer, type TrainerSettings, untrained } from '../models/training/trainer';
import { parseUNetConfig } from '../models/unet-config';
import type { Device, Tensor, Tensors } from '../src/core/device';
import { bytesInMemory } from '../src/formats/bytes';
import { openSafetensors, type SafetensorsFile } from '../src/formats/safetensors';
import { ADAM } from '../src/onnx/adam';
import { footprintOf } from '../src/onnx/footprint';
import { gradients, ZERO_INPUT } from '../src/onnx/gradient';
import { Graph, type Recomputable, type Value } from '../src/onnx/graph';
import { defineNetwork } from '../src/onnx/network';
import { expectClose } from './closeness';
import type { ReadReference } from './micro-models';

// As in reference/make_gradients.py.
const [BATCH, VECTORS, RANK, LENGTH, RATE, STEPS] = [2, 2, 2, 77, 5e-3, 50];
const LATENT = [4, 8, 8] as const;
const CAPTIONS = [
  [40, 7, 300, 12],
  [5, 90, 90, 2, 33, 8],
];
const PLACES = [
  [2, 3],
  [4, 5],
];

const recordedName = (name: string) => name.replace('text.text_model.', 'text.');

interface Micro {
  readonly recorded: SafetensorsFile;
  /** Settings for learning a word or a LoRA; `recompute` is to be added. */
  readonly word: TrainerSettings;
  readonly lora: TrainerSettings;
  /** The feeds of a recorded batch. */
  batch(device: Device, what: 'word' | 'lora', index: number): Record<string, Tensor>;
  start(what: 'word' | 'lora'): Float32Array[];
}

async function openMicro(read: ReadReference): Promise<Micro> {
  const bytes = async (path: string) => (await read(path)) as Uint8Array;
  const json = async (path: string) => JSON.parse(new TextDecoder().decode(await bytes(path))) as unknown;
  const folder = {
    paths: [],
    async open(path: string) {
      const found = await read(path);
      return found && bytesInMemory(found);
    },
  };
  const textConfig = parseClipTextConfig(await json('text_encoder/config.json'));
  const textWeights = await openWeights(folder, 'text_encoder', 'model');
  const unet = {
    config: parseUNetConfig(await json('unet/config.json')),
    weights: await openWeights(folder, 'unet', 'diffusion_pytorch_model'),
  };
  const recorded = openSafetensors(bytesInMemory(await bytes('recorded.safetensors')));
  const width = textConfig.hidden_size;
  const shape = { batch: BATCH, latent: LATENT };
  const [textLayers, unetLayers] = [trainedLayers(textWeights), trainedLayers(unet.weights)];
  const factors = [
    ...textLayers.map((layer) => ({ part: 'text', layer })),
    ...unetLayers.map((layer) => ({ part: 'unet', layer })),
  ].flatMap(({ part, layer }) => [
    { name: `${part}.${layer.name}.down`, dims: [RANK, layer.inputs] },
    { name: `${part}.${layer.name}.up`, dims: [layer.outputs, RANK] },
  ]);
  return {
    recorded,
    word: {
      key: 'word of the micro model',
      parameters: [{ name: 'vectors', dims: [VECTORS, width] }],
      loss(graph) {
        const vectors = graph.input('vectors', [VECTORS, width], 'float32');
        const embeddings = withLearnedVectors(graph, vectors, BATCH, LENGTH);
        return denoisingLoss(clipText(embeddings, textWeights, textConfig, 1), unet, shape);
      },
    },
    lora: {
      key: 'lora of the micro model',
      parameters: factors,
      loss(graph) {
        const text = trainedLora(graph, textLayers, RANK, 'text');
        const image = trainedLora(graph, unetLayers, RANK, 'unet');
        const embeddings = graph.input('embeddings', [BATCH, LENGTH, width]);
        const context = clipText(embeddings, textWeights, textConfig, 1, text.additions);
        return denoisingLoss(context, unet, shape, image.additions);
      },
    },
    start: (what) =>
      what === 'word'
        ? [recorded.read('word.start').slice()]
        : factors.map(({ name }) => recorded.read(`lora.start.${recordedName(name)}`).slice()),
    batch(device, what, index) {
      const size = BATCH * LATENT[0] * LATENT[1] * LATENT[2];
      const rows = (name: string, length: number) => recorded.read(name).slice(index * length, (index + 1) * length);
      const channels = unet.config.block_out_channels[0] ?? 0;
      const embeddings = new Float32Array(BATCH * LENGTH * width);
      const places = new Float32Array(BATCH * LENGTH * VECTORS);
      for (const [row, caption] of CAPTIONS.entries()) {
        const ids = [521, ...caption];
        for (let at = 0; at < LENGTH; at++) {
          const vector = what === 'word' ? (PLACES[row]?.indexOf(at) ?? -1) : -1;
          if (vector >= 0) places[(row * LENGTH + at) * VECTORS + vector] = 1;
          else {
            const id = ids[at] ?? 522;
            embeddings.set(
              textWeights.readRows(tokenEmbeddingName(textWeights), id, id + 1),
              (row * LENGTH + at) * width,
            );
          }
        }
      }
      return {
        latent: device.tensor(rows('latents', size), [BATCH, ...LATENT]),
        target: device.tensor(rows('targets', size), [BATCH, ...LATENT]),
        time: device.tensor(rows('sinusoids', BATCH * channels), [BATCH, channels]),
        embeddings: device.tensor(embeddings, [BATCH, LENGTH, width]),
        ...(what === 'word' && { places: device.tensor(places, [BATCH * LENGTH, VECTORS]) }),
      };
    },
  };
}

/** The loss of the first batch and its gradient by every parameter. */
async function firstGradients(
  device: Device,
  settings: TrainerSettings,
  start: readonly Float32Array[],
  batch: Tensors,
  recompute: readonly Recomputable[],
): Promise<{ loss: number; all: Float32Array[] }> {
  const { parameters } = settings;
  const network = defineNetwork(
    `${settings.key} once ${recompute}`,
    (graph) => {
      const loss = settings.loss(graph);
      const inputs = parameters.map(
        ({ name }) => graph.inputs.find(({ origin }) => origin.kind === 'input' && origin.name === name) as Value,
      );
      graph.output('loss', loss);
      for (const [i, gradient] of gradients(loss, inputs).entries()) graph.output(`gradient_${i}`, gradient);
    },
    { fused: false, recompute },
  );
  const trained = parameters.map(({ name, dims }, i) => [
    name,
    device.tensor(start[i]?.slice() ?? new Float32Array(), dims),
  ]);
  const zero = recompute.length > 0 ? { [ZERO_INPUT]: device.tensor(Float32Array.of(0), [1]) } : {};
  const results = await device.run(network, { ...batch, ...Object.fromEntries(trained), ...zero });
  const readAt = (name: string) => device.read(results[name] as Tensor);
  const all = await Promise.all(parameters.map((_, i) => readAt(`gradient_${i}`)));
  return { loss: (await readAt('loss'))[0] ?? Number.NaN, all };
}

/** Steps of textual inversion of the smallest model against torch, on devices that take long over many kernels. */
export function testSmallestWord(makeDevice: () => Promise<Device>, read: ReadReference): void {
  test('a word of the smallest model has the gradients of torch, and loses as it does in two steps of AdamW', async () => {
    const [device, micro] = [await makeDevice(), await openMicro((path) => read(`smallest/${path}`))];
    const settings: TrainerSettings = {
      ...micro.word,
      key: 'word of the smallest model',
      recompute: ['block', 'head'],
    };
    const trainer = new Trainer(device, settings, untrained(micro.start('word')));
    const expected = micro.recorded.read('word.curve');
    for (let step = 0; step < 2; step++) {
      const batch = micro.batch(device, 'word', step);
      const loss = await trainer.step([batch], RATE);
      for (const tensor of Object.values(batch)) device.dispose(tensor);
      expect(Math.abs(loss - (expected[step] ?? Number.NaN)), `step ${step + 1}`).toBeLessThan(1e-5);
      if (step > 0) continue;
      // After its first step the optimizer remembers a part of the gradient, and nothing else.
      const { means } = await trainer.state();
      const gradient = means[0]?.map((value) => value / (1 - ADAM.beta1)) ?? new Float32Array();
      expectClose(gradient, micro.recorded.read('word.gradient'), 1e-5);
    }
    trainer.dispose();
  }, 300_000);
}

/**
 * Training on a device against torch: gradients of whole models, and losses over a training. `steps` of the 50 recorded ones
 * are made; `tolerance` is a part of each gradient's range; `half` is whether half precision is tried. `read` gives files of
 * test/reference/training.
 */
export function testTraining(
  makeDevice: () => Promise<Device>,
  read: ReadReference,
  {
    steps = STEPS,
    tolerance = 1e-5,
    half = false,
  }: { readonly steps?: number; readonly tolerance?: number; readonly half?: boolean } = {},
): void {
  let opened: Promise<Micro> | undefined;
  const open = () => {
    opened ??= openMicro(read);
    return opened;
  };

  describe.each(['word', 'lora'] as const)('training a %s', (what) => {
    test.each([[[]], [['block']], [['head']], [['block', 'head']]] as [Recomputable[]][])(
      'has the gradients of torch, computing again %j',
      async (recompute) => {
        const [device, micro] = [await makeDevice(), await open()];
        const settings = micro[what];
        const found = await firstGradients(
          device,
          settings,
          micro.start(what),
          micro.batch(device, what, 0),
          recompute,
        );
        expect(found.loss).toBeCloseTo(micro.recorded.read(`${what}.loss`)[0] ?? Number.NaN, 5);
        for (const [i, { name }] of settings.parameters.entries()) {
          const expected = micro.recorded.read(
            what === 'word' ? 'word.gradient' : `lora.gradient.${recordedName(name)}`,
          );
          expectClose(found.all[i] as Float32Array, expected, tolerance);
        }
      },
    );

    if (half) {
      test('has the gradients of torch within what half precision rounds', async () => {
        const [device, micro] = [await makeDevice(), await open()];
        const settings: TrainerSettings = { ...micro[what], precision: 'float16' };
        const network = defineNetwork(
          `${settings.key} in halves`,
          (graph) => buildGradients(graph, settings),
          gradientOptions(settings),
        );
        const start = Float32Array.from(micro.start(what).flatMap((values) => [...values]));
        const scale = 2 ** 10;
        const trained = {
          [TRAINED]: device.tensor(start, [start.length]),
          [SCALE_INPUT]: device.tensor(Float32Array.of(scale), [1]),
        };
        const { loss, gradient } = await device.run(network, { ...micro.batch(device, what, 0), ...trained });
        expect((await device.read(loss as Tensor))[0]).toBeCloseTo(micro.recorded.read(`${what}.loss`)[0] ?? 0, 2);
        const found = await device.read(gradient as Tensor);
        const expected = settings.parameters.flatMap(({ name }) => [
          ...micro.recorded.read(what === 'word' ? 'word.gradient' : `lora.gradient.${recordedName(name)}`),
        ]);
        const off = expected.map((value, i) => (found[i] ?? Number.NaN) / scale - value);
        expect(Math.hypot(...off) / Math.hypot(...expected)).toBeLessThan(0.01);
      });
    }

    test(`loses as torch does in ${steps} steps of AdamW`, async () => {
      const [device, micro] = [await makeDevice(), await open()];
      const trainer = new Trainer(device, micro[what], untrained(micro.start(what)));
      const expected = micro.recorded.read(`${what}.curve`);
      for (let step = 0; step < steps; step++) {
        const batch = micro.batch(device, what, step % 4);
        const loss = await trainer.step([batch], RATE);
        for (const tensor of Object.values(batch)) device.dispose(tensor);
        expect(Math.abs(loss - (expected[step] ?? Number.NaN)), `step ${step + 1}`).toBeLessThan(1e-3);
      }
      trainer.dispose();
    });
  });

  test('computing again needs less memory, by blocks and by heads', async () => {
    const micro = await open();
    const memoryOf = (recompute: Recomputable[]) => {
      const graph = new Graph({ fused: false, recompute });
      const loss = micro.word.loss(graph);
      graph.output('loss', loss);
      const vectors = graph.inputs.find(({ origin }) => origin.kind === 'input' && origin.name === 'vectors') as Value;
      for (const gradient of gradients(loss, [vectors])) graph.output('gradient', gradient);
      return footprintOf(graph).activations;
    };
    const all = memoryOf([]);
    expect(memoryOf(['block'])).toBeLessThan(all * 0.6);
    expect(memoryOf(['head'])).toBeLessThan(all * 0.7);
    expect(memoryOf(['block', 'head'])).toBeLessThan(memoryOf(['block']));
  });

  test('a training that goes on from a state is the same training', async () => {
    const [device, micro] = [await makeDevice(), await open()];
    const batches = [0, 1, 2, 3].map((index) => micro.batch(device, 'word', index));
    const whole = new Trainer(device, micro.word, untrained(micro.start('word')));
    const first = new Trainer(device, micro.word, untrained(micro.start('word')));
    for (const batch of batches) await whole.step([batch], RATE);
    for (const batch of batches.slice(0, 2)) await first.step([batch], RATE);
    const second = new Trainer(device, micro.word, await first.state());
    for (const batch of batches.slice(2)) await second.step([batch], RATE);
    expect(second.steps).toBe(4);
    expect(await second.parameters()).toEqual(await whole.parameters());
  });

  test('the mean gradient of two batches makes one step', async () => {
    const [device, micro] = [await makeDevice(), await open()];
    const batch = micro.batch(device, 'word', 0);
    const [once, twice] = [1, 2].map(() => new Trainer(device, micro.word, untrained(micro.start('word'))));
    const alone = await once?.step([batch], RATE);
    expect(await twice?.step([batch, batch], RATE)).toBeCloseTo(alone ?? Number.NaN, 6);
    const [a] = (await once?.parameters()) ?? [];
    const [b] = (await twice?.parameters()) ?? [];
    expectClose(b ?? new Float32Array(), a ?? new Float32Array(), 1e-5);
  });
}
