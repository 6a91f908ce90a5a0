import { expect, test } from 'vitest';
import { type Document, parseDocument } from '../../core/document';
import { held, type RecordedPort } from '../../engine/recording/address';
import { compareGraphs } from '../compare/parameters';
import { definitionsOf } from '../registry';
import { placeOf } from './place';
import { sourceOf } from './source';

const document = (change: (graph: { nodes: unknown[]; wires: unknown[] }) => void = () => {}): Document => {
  const graph = {
    format: 'weft',
    version: 1,
    id: 'g',
    name: 'G',
    nodes: [
      { id: 'noise', type: 'latent/noise', version: 1, at: [0, 0], params: { seed: 7 } },
      { id: 'turn', type: 'latent/turn', version: 1, at: [0, 0], params: {}, bypassed: true },
      { id: 'outer', type: 'subgraph/pair', version: 1, at: [0, 0], params: {} },
    ],
    wires: [
      { from: ['noise', 'latent'], to: ['turn', 'latent'] },
      { from: ['turn', 'latent'], to: ['outer', 'in'] },
    ],
    subgraphs: [
      {
        id: 'pair',
        title: 'Pair',
        inputs: [{ name: 'in', kind: 'latent' }],
        outputs: [
          { name: 'made', kind: 'latent' },
          { name: 'passed', kind: 'latent' },
        ],
        params: [],
        nodes: [
          { id: 'i', type: 'subgraph/inputs', version: 1, at: [0, 0], params: {} },
          { id: 'o', type: 'subgraph/outputs', version: 1, at: [0, 0], params: {} },
          { id: 'flip', type: 'latent/turn', version: 1, at: [0, 0], params: {} },
        ],
        wires: [
          { from: ['i', 'in'], to: ['flip', 'latent'] },
          { from: ['flip', 'latent'], to: ['o', 'made'] },
          { from: ['i', 'in'], to: ['o', 'passed'] },
        ],
        zones: [],
        frames: [],
      },
    ],
  };
  change(graph);
  return parseDocument(JSON.stringify(graph));
};

test('what comes out of a socket is found through subgraphs, inwards and outwards, and through what is bypassed', () => {
  const graph = document();
  expect(sourceOf(graph, [], ['noise', 'latent'])).toEqual({ node: 'noise', port: 'latent' });
  expect(sourceOf(graph, [], ['turn', 'latent'])).toEqual({ node: 'noise', port: 'latent' });
  expect(sourceOf(graph, [], ['outer', 'made'])).toEqual({ node: 'outer/flip', port: 'latent' });
  expect(sourceOf(graph, [], ['outer', 'passed'])).toEqual({ node: 'noise', port: 'latent' });
  expect(sourceOf(graph, ['outer'], ['i', 'in'])).toEqual({ node: 'noise', port: 'latent' });
  expect(sourceOf(graph, ['outer'], ['flip', 'latent'])).toEqual({ node: 'outer/flip', port: 'latent' });
  expect(sourceOf(graph, [], ['outer', 'nothing'])).toBeUndefined();
  expect(sourceOf(graph, [], ['gone', 'latent'])).toBeUndefined();
  const muted = document(({ nodes }) => Object.assign(nodes[0] as object, { muted: true }));
  expect(sourceOf(muted, [], ['outer', 'passed'])).toBeUndefined();
});

test('the step and the item that are looked at are those that the output has', () => {
  const axes = [{ id: 'cfg', title: 'CFG', labels: ['CFG 1', 'CFG 5'] }];
  const port = (evaluations: number): RecordedPort => {
    const count = 2 * evaluations;
    return {
      node: 'a/b',
      port: 'latent',
      kind: 'latent',
      axes,
      evaluations,
      held: new Uint8Array(count).fill(held.whole),
    };
  };
  const index = (evaluations: number) => ({ ports: [port(evaluations)] });
  const source = { node: 'a/b', port: 'latent' };
  expect(placeOf(index(25), source, { item: 1, evaluation: 3 })).toMatchObject({
    address: { node: 'a/b', port: 'latent', item: 1, evaluation: 3 },
    detail: 'step 4 of 25, CFG 5',
  });
  expect(placeOf(index(25), source, { item: 9, evaluation: undefined })).toMatchObject({
    address: { item: 1, evaluation: 24 },
  });
  expect(placeOf(index(1), source, { item: 0, evaluation: 3 })).toMatchObject({
    address: { node: 'a/b', port: 'latent', item: 0 },
    detail: 'CFG 1',
  });
  expect(placeOf(index(1), { node: 'a/b', port: 'other' }, { item: 0, evaluation: 0 }).address).toBeUndefined();
});

test('what differs between two graphs are parameters, with defaults for what is not stored, nodes and wires', () => {
  const graph = document();
  expect(compareGraphs(graph, graph, definitionsOf)).toMatchObject({
    differing: [],
    onlyA: [],
    onlyB: [],
    wires: false,
  });
  const seeds = document(({ nodes }) => Object.assign(nodes[0] as object, { params: { seed: '8', width: 512 } }));
  const { differing, all, wires } = compareGraphs(graph, seeds, definitionsOf);
  expect(differing).toEqual([{ node: 'noise', title: 'Noise', parameter: 'seed', a: 7, b: '8' }]);
  expect(all).toBeGreaterThan(5);
  expect(wires).toBe(false);
  // A seed is the same as its digits.
  const digits = document(({ nodes }) => Object.assign(nodes[0] as object, { params: { seed: '7' } }));
  expect(compareGraphs(graph, digits, definitionsOf).differing).toEqual([]);
  const other = document((it) => {
    it.nodes.push({ id: 'new', type: 'text/prompt', version: 1, at: [0, 0], params: {} });
    it.wires.pop();
  });
  expect(compareGraphs(graph, other, definitionsOf)).toMatchObject({ onlyA: [], onlyB: ['Prompt'], wires: true });
});
