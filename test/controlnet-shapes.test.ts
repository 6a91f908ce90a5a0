import { describe, expect, test } from 'vitest';
import { parseControlNetConfig } from '../models/controlnet-config';
import { buildControlNet, buildLook } from '../models/controlnet-graph';
import { mapLdmControlNet } from '../models/key-maps/controlnet';
import { residualShapes } from '../models/unet-graph';
import { Graph } from '../src/onnx/graph';
import { placeParameters } from '../src/onnx/model';
import recorded from './fixtures/controlnet-shapes.json';
import { hollowOf } from './hollow-weights';

const parametersOf = (name: keyof typeof recorded): Record<string, { shape: number[]; original: string }> =>
  recorded[name].parameters;

describe.each(['sd15', 'sd21'] as const)('a ControlNet of full size for %s', (name) => {
  const parameters = parametersOf(name);
  const config = parseControlNetConfig(recorded[name].config);
  const hollow = hollowOf(Object.fromEntries(Object.entries(parameters).map(([key, { shape }]) => [key, shape])));

  test('takes every parameter that diffusers gives it', () => {
    const builds = [
      (graph: Graph) => buildLook(graph, hollow, config, [1, 3, 512, 768]),
      (graph: Graph) =>
        buildControlNet(graph, hollow, config, { latent: [1, 4, 64, 96], contexts: 2, tokens: 77, pictures: 1 }),
    ];
    const taken = builds.flatMap((build) => {
      const graph = new Graph();
      build(graph);
      return [...placeParameters(graph).values()].map(({ parameter }) => parameter.name);
    });
    expect(taken.sort()).toEqual(Object.keys(parameters).sort());
  });

  test('adds where diffusers adds', () => {
    expect(residualShapes(config.unet, [1, 4, 64, 96], 1)).toEqual(recorded[name].residuals);
  });

  test('is found in the names of the original code', () => {
    const { map, unknown } = mapLdmControlNet(
      Object.values(parameters).map(({ original }) => original),
      'control_model.',
    );
    expect(unknown).toEqual([]);
    expect(Object.fromEntries([...map].map(([key, { name: stored }]) => [key, stored]))).toEqual(
      Object.fromEntries(Object.entries(parameters).map(([key, { original }]) => [key, `control_model.${original}`])),
    );
  });
});
