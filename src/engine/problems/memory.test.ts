import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import textToImage from '../../../graphs/text-to-image.weft.json?raw';
import { openUNet } from '../../../models/unet';
import { registry as program } from '../../../nodes/registry';
import recorded from '../../../test/fixtures/parameter-shapes.json';
import type { AnyNode } from '../../core/define-node';
import type { Device, Network } from '../../core/device';
import { type Document, parseDocument } from '../../core/document';
import type { Weights } from '../../onnx/weights';
import { shortage, weightsHeld } from '../device/fit';
import { findProblems } from './find-problems';
import { memoryProblems } from './memory';

const template = parseDocument(textToImage);
const only = (type: string) => template.nodes.find((node) => node.type === type)?.id ?? '';

/** The template with parameters of the nodes of some types changed. */
const changed = (params: Readonly<Record<string, Record<string, unknown>>>): Document => ({
  ...template,
  nodes: template.nodes.map((node) => ({ ...node, params: { ...node.params, ...params[node.type] } })) as never,
});

const limits = { all: 3.75 * 2 ** 30, convolutionsTwice: false, name: 'WebAssembly' };
const device = {
  kind: 'wasm',
  need: ({ footprint }: Network) =>
    footprint && {
      weights: weightsHeld(footprint, limits),
      activations: footprint.activations,
      limit: limits.all,
      misfit: shortage(footprint, limits)?.what,
    },
} as unknown as Device;

const shapes: Readonly<Record<string, readonly number[]>> = recorded['sd15 unet'].parameters;
const refuse = () => {
  throw new Error('Weights were read.');
};
/** Stable Diffusion 1.5's UNet in half precision, without numbers. */
const weights: Weights = {
  names: Object.keys(shapes),
  shape: (key) => shapes[key] as number[],
  dtype: () => 'F16',
  read: refuse,
  readRows: refuse,
};
const unet = openUNet(recorded['sd15 unet'].config, weights, {
  key: 'sd15',
  title: 'SD 1.5',
  predictionType: 'epsilon',
  noiseSchedule: {} as never,
});
const vae = {
  latentChannels: 4,
  need: (_: Device, what: string, [, , height = 0]: readonly number[]) => ({
    weights: 1,
    activations: 1,
    misfit: height > 64 ? `The ${what} is too large.` : undefined,
  }),
};
const models = async (ids: readonly string[]) => new Map(ids.map((id) => [id, { unet, vae }]));
const found = (document: Document) => memoryProblems(document, program, device, models);

describe('what will not fit into memory is found before a run', () => {
  it('and nothing where it fits', async () => {
    expect(await found(template)).toEqual([]);
    expect(await found(changed({ 'latent/noise': { width: 512, height: 512 } }))).toEqual([]);
  });

  it('at each UNet step, with a size that fits, which mends it', async () => {
    const large = changed({ 'latent/noise': { width: 4096, height: 4096 } });
    const problems = await found(large);
    expect(problems.map(({ node }) => template.nodes.find(({ id }) => id === node)?.type)).toEqual(
      Array(2).fill('sampling/unet-step'),
    );
    const [first] = problems;
    expect(first?.what).toMatch(
      /^A picture of 4096 × 4096 will not fit into memory\. This needs 1\.7 GB of weights and \d+ GB for the picture\. WebAssembly holds 4 GB\.$/,
    );
    if (first?.fix?.do !== 'set') throw new Error('There is no fix.');
    expect(first.fix).toMatchObject({ node: only('latent/noise'), label: expect.stringMatching(/^Set \d+ × \d+$/) });
    expect(await found(changed({ 'latent/noise': first.fix.params as Record<string, unknown> }))).toEqual([]);
    const { runnable, found: all } = findProblems(large, program, { told: problems });
    expect(runnable).toEqual([]);
    expect(all).toMatchObject(problems);
  });

  it('where pictures are too many at once', async () => {
    const [first] = await found(changed({ 'latent/noise': { width: 512, height: 512, count: 64 } }));
    expect(first?.what).toMatch(/^64 pictures of 512 × 512 will not fit into memory\./);
    expect(first?.cure).toMatch(/, or fewer pictures at once\.$/);
  });

  it('at an autoencoder that may not work in tiles', async () => {
    const off = { 'image/vae-decode': { tiles: 'off' }, 'latent/noise': { width: 1024, height: 1024 } };
    expect(await found(changed(off))).toMatchObject([
      {
        node: only('image/vae-decode'),
        what: 'The whole picture will not fit into memory. The decoder is too large.',
        fix: { do: 'set', label: 'Decode in tiles', params: { tiles: 'auto' } },
      },
    ]);
  });

  it('of models that nothing has to be computed for', async () => {
    const costly: AnyNode = {
      ...(program.get('models/checkpoint') as AnyNode),
      in: { image: 'image' },
      params: z.object({}),
    };
    const base = new Map([...program, ['models/checkpoint', costly]]);
    const picture = {
      id: 'p',
      type: 'image/load-image',
      version: 1,
      at: [0, 0] as [number, number],
      params: { file: 'f' },
    };
    const wire = {
      from: ['p', 'image'] as [string, string],
      to: [only('models/checkpoint'), 'image'] as [string, string],
    };
    const graph = changed({ 'latent/noise': { width: 4096, height: 4096 }, 'models/checkpoint': {} });
    const whole = { ...graph, nodes: [...graph.nodes, picture], wires: [...graph.wires, wire] };
    expect(await memoryProblems(whole, base, device, refuse)).toEqual([]);
  });
});
