import { expect, test } from 'vitest';
import { registry } from '../../../nodes/registry';
import { type Document, parseDocument, writeDocument } from '../../core/document';
import { expandSubgraphs } from '../../engine/expand';
import { exportWorkflow } from './export';
import { importComfyui } from './files';
import type { JsonObject } from './json';
import { workflowToPrompt } from './prompt';

const uuid = '1f8a6c9e-7b1d-4d7e-9a55-0123456789ab';

/** A subgraph with a wire, a promoted prompt and a reroute inside, in the form of version 1.0's definitions. */
const workflow = (): JsonObject => ({
  version: 0.4,
  revision: 0,
  last_node_id: 5,
  last_link_id: 6,
  nodes: [
    {
      id: 1,
      type: 'CheckpointLoaderSimple',
      pos: [0, 0],
      size: [300, 98],
      flags: {},
      order: 0,
      mode: 0,
      outputs: [
        { name: 'MODEL', type: 'MODEL', links: null },
        { name: 'CLIP', type: 'CLIP', links: [1] },
        { name: 'VAE', type: 'VAE', links: null },
      ],
      properties: {},
      widgets_values: ['a.safetensors'],
    },
    {
      id: 2,
      type: uuid,
      pos: [400, 0],
      size: [300, 98],
      flags: {},
      order: 1,
      mode: 0,
      inputs: [
        { name: 'clip', type: 'CLIP', link: 1 },
        { name: 'text', type: 'STRING', widget: { name: 'text' }, link: null },
      ],
      outputs: [{ name: 'CONDITIONING', type: 'CONDITIONING', links: [2] }],
      properties: {},
      widgets_values: ['outside'],
    },
    {
      id: 3,
      type: 'ConditioningZeroOut',
      pos: [800, 0],
      size: [300, 98],
      flags: {},
      order: 2,
      mode: 0,
      inputs: [{ name: 'conditioning', type: 'CONDITIONING', link: 2 }],
      outputs: [{ name: 'CONDITIONING', type: 'CONDITIONING', links: null }],
      properties: {},
    },
  ],
  links: [
    [1, 1, 1, 2, 0, 'CLIP'],
    [2, 2, 0, 3, 0, 'CONDITIONING'],
  ],
  groups: [],
  config: {},
  extra: {},
  definitions: {
    subgraphs: [
      {
        id: uuid,
        version: 1,
        state: { lastGroupId: 0, lastNodeId: 9, lastLinkId: 14, lastRerouteId: 0 },
        revision: 0,
        config: {},
        name: 'Encode',
        inputNode: { id: -10, bounding: [-200, 0, 120, 80] },
        outputNode: { id: -20, bounding: [700, 0, 120, 60] },
        inputs: [
          { id: 'aaaaaaaa-0000-4000-8000-000000000001', name: 'clip', type: 'CLIP', linkIds: [10] },
          { id: 'aaaaaaaa-0000-4000-8000-000000000002', name: 'text', type: 'STRING', linkIds: [11] },
        ],
        outputs: [
          { id: 'aaaaaaaa-0000-4000-8000-000000000003', name: 'CONDITIONING', type: 'CONDITIONING', linkIds: [13] },
        ],
        widgets: [],
        nodes: [
          {
            id: 8,
            type: 'CLIPTextEncode',
            pos: [100, 0],
            size: [300, 98],
            flags: {},
            order: 0,
            mode: 0,
            inputs: [
              { name: 'clip', type: 'CLIP', link: 10 },
              { name: 'text', type: 'STRING', widget: { name: 'text' }, link: 11 },
            ],
            outputs: [{ name: 'CONDITIONING', type: 'CONDITIONING', links: [12] }],
            properties: {},
            widgets_values: ['inside'],
          },
          {
            id: 9,
            type: 'Reroute',
            pos: [500, 20],
            size: [75, 26],
            flags: {},
            order: 1,
            mode: 0,
            inputs: [{ name: '', type: '*', link: 12 }],
            outputs: [{ name: '', type: 'CONDITIONING', links: [13] }],
            properties: { showOutputText: false, horizontal: false },
          },
        ],
        links: [
          { id: 10, origin_id: -10, origin_slot: 0, target_id: 8, target_slot: 0, type: 'CLIP' },
          { id: 11, origin_id: -10, origin_slot: 1, target_id: 8, target_slot: 1, type: 'STRING' },
          { id: 12, origin_id: 8, origin_slot: 0, target_id: 9, target_slot: 0, type: 'CONDITIONING' },
          { id: 13, origin_id: 9, origin_slot: 0, target_id: -20, target_slot: 0, type: '*' },
        ],
        groups: [],
        extra: {},
      },
    ],
  },
});

const imported = (value = workflow()): Document =>
  parseDocument(writeDocument(importComfyui(value, { id: 'x', title: 'x' }).document));

test('a subgraph comes back as it was, and is a subgraph here', () => {
  const document = imported();
  expect(exportWorkflow(document)).toEqual(workflow());
  const { document: flat, problems } = expandSubgraphs(document, registry);
  expect(problems).toEqual([]);
  const prompts = flat.nodes.filter(({ type }) => type === 'text/prompt');
  expect(prompts.map(({ params }) => params.text)).toEqual(['outside']);
});

test('the prompt of a workflow with subgraphs has their nodes by their paths', () => {
  expect(workflowToPrompt(workflow())).toEqual({
    '1': {
      class_type: 'CheckpointLoaderSimple',
      inputs: { ckpt_name: 'a.safetensors' },
      _meta: { title: 'Load Checkpoint' },
    },
    '2:8': {
      class_type: 'CLIPTextEncode',
      inputs: { clip: ['1', 1], text: 'outside' },
      _meta: { title: 'CLIP Text Encode (Prompt)' },
    },
    '3': {
      class_type: 'ConditioningZeroOut',
      inputs: { conditioning: ['2:8', 0] },
      _meta: { title: 'ConditioningZeroOut' },
    },
  });
});

test('what is changed in Weft changes in the workflow, and nothing else', () => {
  const document = imported();
  const node = document.nodes.find(({ type }) => type.startsWith('subgraph/1f8a'));
  const changed: Document = {
    ...document,
    nodes: document.nodes.map((one) =>
      one === node ? { ...one, at: [410, 5], title: 'Mine', params: { text: 'new' } } : one,
    ),
  };
  const wanted = workflow();
  const [, instance] = wanted.nodes as JsonObject[];
  Object.assign(instance as JsonObject, { pos: [410, 5], title: 'Mine', widgets_values: ['new'] });
  expect(exportWorkflow(changed)).toEqual(wanted);
});

test('a wire that is cut is cut at both ends, and a node that is added gets an id of its own', () => {
  const document = imported();
  const [zero] = document.nodes.filter(({ type }) => type === 'conditioning/zero-out');
  const changed: Document = {
    ...document,
    nodes: [...document.nodes, { id: 'new', type: 'conditioning/zero-out', version: 1, at: [900, 200], params: {} }],
    wires: [
      ...document.wires.filter(({ to }) => to[0] !== zero?.id),
      { from: [zero?.id ?? '', 'conditioning'], to: ['new', 'conditioning'] },
    ],
  };
  const {
    nodes,
    links,
    last_node_id: last,
  } = exportWorkflow(changed) as { nodes: JsonObject[]; links: unknown[]; last_node_id: number };
  expect(links).toEqual([
    [1, 1, 1, 2, 0, 'CLIP'],
    [3, 3, 0, 4, 0, 'CONDITIONING'],
  ]);
  expect(nodes[1]?.outputs).toEqual([{ name: 'CONDITIONING', type: 'CONDITIONING', links: [] }]);
  expect(nodes[2]).toMatchObject({ inputs: [{ link: null }], outputs: [{ links: [3] }] });
  expect(nodes[3]).toMatchObject({ id: 4, type: 'ConditioningZeroOut', inputs: [{ link: 3 }] });
  expect(last).toBe(5);
});

test('what ComfyUI does not have is refused by its name', () => {
  const document = imported();
  const curve = {
    id: 'curve',
    type: 'sampling/guidance-curve',
    version: 1,
    at: [0, 0] as [number, number],
    params: {},
  };
  expect(() => exportWorkflow({ ...document, nodes: [...document.nodes, curve] })).toThrow(
    'ComfyUI has nothing for “Guidance curve”.',
  );
});
