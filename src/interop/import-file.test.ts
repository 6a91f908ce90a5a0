import { expect, test } from 'vitest';
import { registry } from '../../nodes/registry';
import { findProblems } from '../engine/problems/find-problems';
import { textChunk, writeChunks } from '../formats/png-chunks';
import { exportWorkflow } from './comfyui/export';
import { workflowToPrompt } from './comfyui/prompt';
import { openGraph } from './import-file';

const options = { id: 'x', title: 'x' };
const workflow = {
  last_node_id: 1,
  last_link_id: 0,
  nodes: [
    {
      id: 1,
      type: 'EmptyLatentImage',
      pos: { 0: 5, 1: 6 },
      size: { 0: 315, 1: 106 },
      flags: {},
      order: 0,
      mode: 0,
      outputs: [{ name: 'LATENT', type: 'LATENT', links: null }],
      properties: {},
      widgets_values: [768, 512, 2],
    },
  ],
  links: [],
  version: 0.4,
};
const text = JSON.stringify(workflow);
const ascii = (value: string) => Uint8Array.from(value, (character) => character.charCodeAt(0));
const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
const number = (value: number, bytes: number, little = true) =>
  Uint8Array.from({ length: bytes }, (_, i) => (value >>> (8 * (little ? i : bytes - 1 - i))) & 255);

const png = (...texts: readonly (readonly [string, string])[]) =>
  writeChunks([...texts.map(([key, value]) => textChunk(key, value)), { type: 'IEND', data: new Uint8Array() }]);

/** A WebP file whose EXIF has one text: tag 0x010f, as ComfyUI writes it. */
function webp(value: string, little: boolean, prefix: string) {
  const body = ascii(`${value}\0`);
  const n = (count: number, bytes: number) => number(count, bytes, little);
  const tiff = joined(
    ascii(little ? 'II*\0' : 'MM\0*'),
    n(8, 4),
    n(1, 2),
    n(0x010f, 2),
    n(2, 2),
    n(body.length, 4),
    n(26, 4),
    n(0, 4),
    body,
  );
  const exif = joined(ascii(prefix), tiff);
  const chunk = (type: string, data: Uint8Array) =>
    joined(ascii(type), number(data.length, 4), data, new Uint8Array(data.length & 1));
  const chunks = joined(chunk('VP8L', new Uint8Array(5)), chunk('EXIF', exif));
  return joined(ascii('RIFF'), number(4 + chunks.length, 4), ascii('WEBP'), chunks);
}

function latent() {
  const header = new TextEncoder().encode(
    JSON.stringify({
      __metadata__: { workflow: text, prompt: '{}' },
      latent_tensor: { dtype: 'F32', shape: [0], data_offsets: [0, 0] },
    }),
  );
  return joined(number(header.length, 4), number(0, 4), header);
}

test.each([
  ['JSON', new TextEncoder().encode(text)],
  ['a byte order mark', new TextEncoder().encode(`\ufeff${text}`)],
  [
    'what is sent to the server',
    new TextEncoder().encode(JSON.stringify({ prompt: {}, extra_data: { extra_pnginfo: { workflow } } })),
  ],
  ['PNG', png(['prompt', '{"a": NaN'], ['workflow', text])],
  ['WebP, little-endian', webp(`workflow:${text}`, true, '')],
  ['WebP, big-endian, prefixed', webp(`workflow:${text}`, false, 'Exif\0\0')],
  ['a latent', latent()],
])('a workflow is found in %s', (_, bytes) => {
  const opened = openGraph(bytes, options);
  expect(opened?.report?.source).toBe('ComfyUI workflow 0.4');
  expect(opened?.document.nodes[0]).toMatchObject({
    type: 'latent/empty',
    at: [5, 6],
    params: { width: 768, height: 512, count: 2 },
  });
  expect(opened && exportWorkflow(opened.document)).toEqual(workflow);
});

test('a prompt in a picture is opened where there is no workflow', () => {
  const opened = openGraph(png(['prompt', JSON.stringify(workflowToPrompt(workflow))]), options);
  expect(opened?.report?.source).toBe('ComfyUI prompt');
});

test('a picture that carries nothing is none', () => {
  expect(openGraph(png(['Software', 'paint']), options)).toBeUndefined();
  expect(openGraph(webp('nothing', true, ''), options)).toBeUndefined();
});

test.each(['{"nodes": 5}', '[]', '"x"', '{"a": ', 'hello', '{"1": {"class_type": 5}}'])(
  '%s is refused with a sentence',
  (wrong) => {
    expect(() => openGraph(new TextEncoder().encode(wrong), options)).toThrow(/^This (JSON is neither|is no workflow)/);
  },
);

test('the parameters of AUTOMATIC1111 become a graph that runs', () => {
  const parameters =
    'a (red:1.2) house, <lora:sketch:0.8> [old:new:0.5]\nsecond line\nNegative prompt: rain, fog\nSteps: 22, Sampler: DPM++ 2M Karras, CFG scale: 6.5, Seed: 9007199254740993, Size: 512x768, Model hash: abc, Model: dreams, Clip skip: 2, Denoising strength: 0.4, Hires upscale: 1.5, Hires steps: 9, Hires upscaler: Latent, Lora hashes: "sketch: 1a2b", Version: v1.9.4';
  const opened = openGraph(png(['parameters', parameters]), options);
  const { document, report } = opened ?? {};
  if (!document) throw new Error('Nothing was opened.');
  const node = (id: string) => document.nodes.find((one) => one.id === id)?.params;
  expect(node('prompt')).toEqual({ text: 'a (red:1.2) house,  [old:new:0.5]\nsecond line' });
  expect(node('negative')).toEqual({ text: 'rain, fog' });
  expect(node('prompt-text')).toEqual({ syntax: 'a1111', clipSkip: 2 });
  expect(node('sampler')).toEqual({
    sampler: 'dpmpp-2m',
    scheduler: 'comfyui-karras',
    seed: '9007199254740993',
    steps: 22,
    cfg: 6.5,
    width: 512,
    height: 768,
  });
  expect(node('second')).toMatchObject({ steps: 9, denoise: 0.4 });
  expect(node('apply-1')).toEqual({ strength: 0.8, textStrength: 0.8 });
  expect(report?.models.map(({ file }) => file)).toEqual(['dreams', 'sketch']);
  const { found } = findProblems(document, registry, { targets: document.nodes.map(({ id }) => id) });
  expect(found.filter(({ hint }) => !hint)).toEqual([]);
});
