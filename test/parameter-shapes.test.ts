import { describe, expect, test } from 'vitest';
import { parseAutoencoderConfig } from '../models/autoencoder-config';
import { buildDecoder, buildEncoder } from '../models/autoencoder-graph';
import { parseClipTextConfig } from '../models/clip-text-config';
import { buildClipText, tokenEmbeddingName } from '../models/clip-text-graph';
import { parseUNetConfig } from '../models/unet-config';
import { buildUNet } from '../models/unet-graph';
import { Graph } from '../src/onnx/graph';
import { placeParameters, writeModel } from '../src/onnx/model';
import type { Weights } from '../src/onnx/weights';
import recorded from './fixtures/parameter-shapes.json';
import { hollow } from './hollow-weights';

type Name = keyof typeof recorded;

/** The names of the parameters that the networks of a model take. */
function taken(name: Name, builds: readonly ((graph: Graph, weights: Weights) => void)[]): string[] {
  const names = builds.flatMap((build) => {
    const graph = new Graph();
    build(graph, hollow(name));
    const placed = placeParameters(graph);
    expect(writeModel(graph, placed).length).toBeLessThan(2 ** 20);
    return [...placed.values()].map(({ parameter }) => parameter.name);
  });
  return [...new Set(names)].sort();
}

const parametersOf = (name: Name) => Object.keys(recorded[name].parameters).sort();

describe('a network takes every parameter of its model, in the shape diffusers gives it:', () => {
  test.each(['sd15 unet', 'sd15 inpainting unet', 'sd21 unet'] as const)('%s', (name) => {
    const config = parseUNetConfig(recorded[name].config);
    const shape = { latent: [1, config.in_channels, 64, 64], contexts: 2, tokens: 77 };
    expect(taken(name, [(graph, weights) => buildUNet(graph, weights, config, shape)])).toEqual(parametersOf(name));
  });

  test('sd15 vae', () => {
    const config = parseAutoencoderConfig(recorded['sd15 vae'].config);
    const halves = [
      (graph: Graph, weights: Weights) => buildEncoder(graph, weights, config, [1, 3, 512, 512]),
      (graph: Graph, weights: Weights) => buildDecoder(graph, weights, config, [1, 4, 64, 64]),
    ];
    expect(taken('sd15 vae', halves)).toEqual(parametersOf('sd15 vae'));
  });

  test.each(['sd15 text encoder', 'sd21 text encoder'] as const)('%s, but for the table of tokens', (name) => {
    const config = parseClipTextConfig(recorded[name].config);
    const names = taken(name, [(graph, weights) => buildClipText(graph, weights, config, 1)]);
    expect([...names, tokenEmbeddingName(hollow(name))].sort()).toEqual(parametersOf(name));
  });
});
