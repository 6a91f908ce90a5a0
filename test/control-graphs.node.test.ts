import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Device, Network, Tensors } from '../src/core/device';
import type { Document, WireEnd } from '../src/core/document';
import { createNodeDevice } from '../src/engine/device/node';
import { controlGraph, controlHost } from './controlnets';
import { runGraph } from './pictures';
import { readReference } from './reference.node';

/** The processor, with the networks that ran on it in order. */
let device: Device;
let ran: string[] = [];
beforeAll(async () => {
  const made = await createNodeDevice();
  const run = made.run.bind(made);
  made.run = (network: Network, feeds: Tensors) => {
    ran.push(network.key);
    return run(network, feeds);
  };
  device = made;
});
afterAll(() => device.release());

const draw = (document: Document) => runGraph(device, document, readReference, controlHost(readReference));

/** The graph with parameters of one node changed. */
function edited(document: Document, node: string, params: Readonly<Record<string, string | number>>): Document {
  const nodes = document.nodes.map((other) =>
    other.id === node ? { ...other, params: { ...other.params, ...params } } : other,
  );
  return { ...document, nodes };
}

/** The picture that is looked at in another size, and between it and Apply ControlNet the nodes that `through` names. */
function looksAt(document: Document, sizes: readonly { readonly width: number; readonly height: number }[]): Document {
  const nodes = [...document.nodes];
  let last = 'load';
  for (const [i, size] of sizes.entries()) {
    const id = `resized-${i}`;
    nodes.push({ id, type: 'image/resize-image', version: 1, at: [0, 0], params: { ...size, fit: 'stretch' } });
    document = { ...document, wires: [...document.wires, { from: [last, 'image'], to: [id, 'image'] }] };
    last = id;
  }
  const wires = document.wires.map((wire) =>
    wire.to[0] === 'apply-0' && wire.to[1] === 'image' ? { ...wire, from: [last, 'image'] as WireEnd } : wire,
  );
  return { ...document, nodes, wires };
}

/** The graph with an input left open. */
const without = (document: Document, node: string, port: string): Document => ({
  ...document,
  wires: document.wires.filter(({ to }) => to[0] !== node || to[1] !== port),
});

test('prompt and negative prompt share one run of the ControlNet and one of the UNet at each step', async () => {
  ran = [];
  await draw(controlGraph('one net'));
  const count = (start: string) => ran.filter((key) => key.startsWith(start)).length;
  expect({ look: count('controlnet-look '), net: count('controlnet '), unet: count('unet ') }).toEqual({
    look: 1,
    net: 5,
    unet: 5,
  });
  expect(ran.some((key) => key.startsWith('control-sum'))).toBe(false);
});

test('outside its part of the steps a ControlNet does not run, and the UNet keeps its session', async () => {
  ran = [];
  await draw(controlGraph('one net, weaker, in the middle'));
  expect(ran.filter((key) => key.startsWith('controlnet ')).length).toBe(2);
  expect(new Set(ran.filter((key) => key.startsWith('unet '))).size).toBe(1);
});

test('a graph without ControlNet runs the UNet that has no inputs for one', async () => {
  ran = [];
  const document = controlGraph('one net');
  const wires = document.wires.map(({ from, to }) =>
    from[0] === 'apply-0'
      ? { from: [from[1] === 'negative' ? 'negative-text' : 'positive-text', 'conditioning'] as WireEnd, to }
      : { from, to },
  );
  const { outcome } = await draw({ ...document, wires });
  expect(outcome).toBe('done');
  expect(ran.filter((key) => key.startsWith('unet ') && key.includes('controlled'))).toEqual([]);
});

test('a picture of another size but the same shape is resized as Resize image does', async () => {
  const document = controlGraph('one net');
  const large = { width: 48, height: 24 };
  const left = await draw(looksAt(document, [large]));
  const made = await draw(looksAt(document, [large, { width: 32, height: 16 }]));
  expect(left.problems).toEqual([]);
  expect(made.made.get('end')).toBeDefined();
  expect(left.made.get('end')).toEqual(made.made.get('end'));
});

test.each([
  [
    'a picture of another shape',
    looksAt(controlGraph('one net'), [{ width: 32, height: 32 }]),
    'looks at a picture of 32 × 32, but one of 32 × 16 is made. Put a Resize image of 32 × 16 before',
  ],
  [
    'a ControlNet for another family',
    edited(controlGraph('one net'), 'net-0', { model: 'sd2-edges' }),
    'expects prompts of width 48, and this one has 32: it was made for another family',
  ],
  [
    'a part of the steps that ends before it starts',
    edited(controlGraph('one net'), 'apply-0', { start: 0.5, end: 0.5 }),
    'It would count from 0.5 on and up to 0.5, which is never.',
  ],
  [
    'a negative prompt that did not go in',
    without(controlGraph('one net'), 'apply-0', 'negative'),
    'This is the negative prompt of an Apply ControlNet into which none went.',
  ],
  ['no ControlNet', edited(controlGraph('one net'), 'net-0', { model: '' }), 'No ControlNet is chosen.'],
])('%s is refused in a sentence', async (_, document, sentence) => {
  const { outcome, problems } = await draw(document);
  expect(outcome).toBe('failed');
  expect(problems.map((problem) => Object.values(problem as object).join(' ')).join(' ')).toContain(sentence);
});
