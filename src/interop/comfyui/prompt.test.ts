import { expect, test } from 'vitest';
import { exportWorkflow } from './export';
import { importComfyui } from './files';
import type { Json, JsonObject } from './json';
import { workflowToPrompt } from './prompt';

/** An input of a node: its name, its type, the link that it takes, and whether it is a widget that became a socket. */
type In = readonly [name: string, type: string, link: number | null, widget?: true];

const node = (
  id: number | string,
  type: string,
  {
    ins = [],
    outs = [],
    ...rest
  }: { ins?: readonly In[]; outs?: readonly string[]; mode?: number; widgets_values?: Json; pos?: Json },
): JsonObject => ({
  id,
  type,
  pos: [0, 0],
  mode: 0,
  inputs: ins.map(([name, kind, link, widget]) => ({ name, type: kind, link, ...(widget && { widget: { name } }) })),
  outputs: outs.map((kind) => ({ name: kind, type: kind, links: [] })),
  ...rest,
});

const loader = node(4, 'CheckpointLoaderSimple', { outs: ['MODEL', 'CLIP', 'VAE'], widgets_values: ['a.safetensors'] });
const ksampler = (values: Json, ...more: In[]) =>
  node(3, 'KSampler', {
    ins: [
      ['model', 'MODEL', 1],
      ['positive', 'CONDITIONING', null],
      ['negative', 'CONDITIONING', null],
      ['latent_image', 'LATENT', null],
      ...more,
    ],
    outs: ['LATENT'],
    widgets_values: values,
  });

const settings = { seed: 7, steps: 20, cfg: 8, sampler_name: 'euler', scheduler: 'normal', denoise: 1 };
const plain: Json = [7, 'fixed', 20, 8, 'euler', 'normal', 1];

/** What the page would send of a sampler whose model comes by these nodes and links. */
const sent = (nodes: readonly JsonObject[], links: readonly Json[], id = '3') => {
  const workflow = { nodes: [...nodes], links: [...links], version: 0.4 };
  // It is the same after a way through Weft.
  const { document } = importComfyui(structuredClone(workflow), { id: 'x', title: 'x' });
  const back = exportWorkflow(document);
  expect(back).toEqual(workflow);
  const prompt = workflowToPrompt(workflow);
  expect(workflowToPrompt(back)).toEqual(prompt);
  return (prompt[id] as { inputs: JsonObject } | undefined)?.inputs;
};

const lora = (id: number, mode: number, link: number): JsonObject =>
  node(id, 'LoraLoaderModelOnly', { ins: [['model', 'MODEL', link]], outs: ['MODEL'], widgets_values: ['x', 1], mode });

test.each<[string, Json]>([
  ['the control after a seed', plain],
  ['the yes or no that old files have in its place', [7, true, 20, 8, 'euler', 'normal', 1]],
  ['no control', [7, 20, 8, 'euler', 'normal', 1]],
  ['values at the end that are missing', [7, 'randomize', 20, 8]],
  ['values by name', { ...settings, control_after_generate: 'fixed' }],
  ['a seed in words of 64 bits', ['\u0000integer:18446744073709551615', 'fixed', 20, 8, 'euler', 'normal', 1]],
])('widgets are named by their places: %s', (what, values) => {
  const seed = what.includes('64') ? '\u0000integer:18446744073709551615' : 7;
  expect(sent([loader, ksampler(values)], [[1, 4, 0, 3, 0, 'MODEL']])).toEqual({ ...settings, seed, model: ['4', 0] });
});

test('a muted node goes, and with it the inputs that it fed, also where they are widgets', () => {
  const [steps, link] = [
    node(9, 'PrimitiveInt', { outs: ['INT'], widgets_values: [5, 'fixed'], mode: 2 }),
    [5, 9, 0, 3, 4, 'INT'],
  ];
  const inputs = sent(
    [loader, lora(8, 2, 2), ksampler(plain, ['steps', 'INT', 5, true]), steps],
    [[2, 4, 0, 8, 0, 'MODEL'], [1, 8, 0, 3, 0, 'MODEL'], link],
  );
  const { steps: _, ...rest } = settings;
  expect(inputs).toEqual(rest);
});

test('a bypassed node lets pass what has the same place and type, else the first of that type, else nothing', () => {
  const through = (bypassed: JsonObject, slot: number) =>
    sent(
      [loader, bypassed, ksampler(plain)],
      [
        [2, 4, 0, 8, 0, 'MODEL'],
        [6, 4, 1, 8, 1, 'CLIP'],
        [1, 8, slot, 3, 0, 'MODEL'],
      ],
    )?.model;
  const ins: In[] = [
    ['model', 'MODEL', 2],
    ['clip', 'CLIP', 6],
  ];
  const turned: In[] = [
    ['clip', 'CLIP', 2],
    ['model', 'MODEL', 6],
  ];
  expect(through(node(8, 'LoraLoader', { ins, outs: ['MODEL', 'CLIP'], mode: 4 }), 0)).toEqual(['4', 0]);
  expect(through(node(8, 'Patch', { ins, outs: ['IMAGE', 'MODEL'], mode: 4 }), 1)).toEqual(['4', 0]);
  expect(through(node(8, 'Patch', { ins: turned, outs: ['MODEL'], mode: 4 }), 0)).toEqual(['4', 1]);
  expect(
    through(
      node(8, 'Patch', {
        ins: [
          ['image', 'IMAGE', 2],
          ['mask', 'MASK', 6],
        ],
        outs: ['MODEL'],
        mode: 4,
      }),
      0,
    ),
  ).toBeUndefined();
  expect(
    through(
      node(8, 'Patch', {
        ins: [
          ['any', '*', 2],
          ['mask', 'MASK', 6],
        ],
        outs: ['MODEL'],
        mode: 4,
      }),
      0,
    ),
  ).toEqual(['4', 0]);
});

test('reroutes are followed to what feeds them, and primitives write their value', () => {
  const reroute = (id: number | string, link: number) => node(id, 'Reroute', { ins: [['', '*', link]], outs: ['*'] });
  const primitive = node(9, 'PrimitiveNode', { outs: ['INT'], widgets_values: [33, 'fixed'] });
  const nodes = [loader, reroute('12', 2), reroute(13, 6), ksampler(plain, ['steps', 'INT', 5, true]), primitive];
  const links = [
    [2, 4, 0, '12', 0, 'MODEL'],
    [6, '12', '0', 13, 0, 'MODEL'],
    [1, 13, 0, 3, '0', '*'],
    [5, 9, 0, 3, 4, 'INT'],
  ];
  expect(sent(nodes, links)).toEqual({ ...settings, steps: 33, model: ['4', 0] });
});

test('a widget that is a socket keeps its place among the values, and lists are no links', () => {
  const size = node(5, 'EmptyLatentImage', {
    ins: [['width', 'INT', 5, true]],
    outs: ['LATENT'],
    widgets_values: [1024, 768, 2],
  });
  const width = node(9, 'PrimitiveInt', { outs: ['INT'], widgets_values: [640, 'fixed'] });
  expect(sent([size, width], [[5, 9, 0, 5, 0, 'INT']], '5')).toEqual({ width: ['9', 0], height: 768, batch_size: 2 });
  const custom = node(6, 'SomeLists', { ins: [['sizes', 'LIST', null, true]], outs: [], widgets_values: [[1, 2]] });
  expect(sent([custom], [], '6')).toEqual({ sizes: { __value__: [1, 2] } });
});

test('notes go, titles come along, and a node of someone else is named with what it has', () => {
  const note = node(20, 'MarkdownNote', { widgets_values: ['hello'] });
  const titled = { ...loader, title: 'Mine' };
  const efficiency = node('21', 'KSampler (Efficient)', {
    ins: [
      ['model', 'MODEL', 1],
      ['seed', 'INT', null, true],
      ['steps', 'INT', null, true],
    ],
    outs: ['LATENT'],
    widgets_values: [5, null, 12],
  });
  const workflow = { nodes: [note, titled, efficiency], links: [[1, 4, 0, '21', 0, 'MODEL']], version: 0.4 };
  expect(() => workflowToPrompt(workflow)).toThrow('KSampler (Efficient)');
  efficiency.widgets_values = [5, 'fixed', 12];
  expect(workflowToPrompt(workflow)).toEqual({
    '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'a.safetensors' }, _meta: { title: 'Mine' } },
    '21': {
      class_type: 'KSampler (Efficient)',
      inputs: { model: ['4', 0], seed: 5, steps: 12 },
      _meta: { title: 'KSampler (Efficient)' },
    },
  });
});

test('a model is found by its hash, and named by it where it is not there', () => {
  const hash = `sha256:${'ab'.repeat(32)}`;
  const models = [
    {
      name: 'a.safetensors',
      url: 'https://example.org/a.safetensors',
      hash: 'AB'.repeat(32),
      hash_type: 'SHA256',
      directory: 'checkpoints',
    },
  ];
  const workflow = { nodes: [{ ...loader, properties: { models } }], links: [], version: 0.4 };
  const open = (model?: (file: string, kinds: readonly string[], known?: string) => string | undefined) =>
    importComfyui(structuredClone(workflow), { id: 'x', title: 'x', ...(model && { model }) });
  const lacking = open();
  expect(lacking.report.models).toEqual([
    {
      file: 'a.safetensors',
      kinds: ['checkpoint', 'onnx'],
      source: 'https://example.org/a.safetensors',
      folder: 'checkpoints',
      hash,
    },
  ]);
  expect(lacking.document.nodes[0]?.params.model).toEqual({
    hash,
    name: 'a.safetensors',
    source: 'https://example.org/a.safetensors',
  });
  expect(exportWorkflow(lacking.document)).toEqual(workflow);
  const found = open((_file, _kinds, known) => (known === hash ? 'mine' : undefined));
  expect(found.document.nodes[0]?.params.model).toBe('mine');
});

test('nodes that would overlap make room, what they stood below they stay below, and go back to their places', () => {
  const text = (id: number, y: number) =>
    node(id, 'CLIPTextEncode', {
      ins: [['clip', 'CLIP', null]],
      outs: ['CONDITIONING'],
      widgets_values: ['x'],
      pos: [400, y],
    });
  const group = { title: 'Prompts', bounding: [390, 150, 460, 470], color: '#335' };
  const workflow = { nodes: [text(6, 186), text(7, 389), text(8, 900)], links: [], groups: [group], version: 0.4 };
  const { document } = importComfyui(structuredClone(workflow), { id: 'x', title: 'x' });
  const [first, second, third] = document.nodes.map(({ at }) => at);
  expect([first, third]).toEqual([
    [400, 186],
    [400, 900],
  ]);
  expect(second?.[0]).toBe(400);
  expect(second?.[1]).toBeGreaterThanOrEqual(186 + 204);
  expect(exportWorkflow(document)).toEqual(workflow);
  const moved = {
    ...document,
    nodes: document.nodes.map((one) => ({ ...one, at: [one.at[0] + 8, one.at[1]] as [number, number] })),
  };
  expect((exportWorkflow(moved).nodes as JsonObject[]).map(({ pos }) => pos)).toEqual([
    [408, 186],
    [408, 389],
    [408, 900],
  ]);
});
