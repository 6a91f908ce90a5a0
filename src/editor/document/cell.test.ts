import { produce } from 'immer';
import { expect, it } from 'vitest';
import sweepText from '../../../graphs/cfg-sweep.weft.json?raw';
import textsText from '../../../graphs/seeds-and-samplers.weft.json?raw';
import { registry } from '../../../nodes/registry';
import type { Axis } from '../../core/define-node';
import { checkDocument, parseDocument } from '../../core/document';
import { plan } from '../../engine/plan';
import { canTakeCell, seedAxes, takeCell } from './cell';

const numbers = (id: string, port: string, values: readonly (number | string)[]): Axis => ({
  id,
  title: id,
  labels: values.map(String),
  values: { [port]: values },
});

it('puts the values of one picture into the parameters that their lists were wired to, and takes the lists out', () => {
  const document = parseDocument(sweepText);
  const axes = [numbers('scales', 'numbers', [1, 2.5, 5, 7.5, 10, 25, 50])];
  expect(canTakeCell(document, axes)).toBe(true);
  const one = checkDocument(produce(document, takeCell(registry, axes, 3)));
  expect(one.nodes.find(({ id }) => id === 'cfg')?.params).toEqual({ scale: 7.5 });
  expect(one.nodes.some(({ id }) => id === 'scales')).toBe(false);
  expect(one.wires.some(({ to }) => to.join('.') === 'cfg.scale')).toBe(false);
  expect(plan(one, registry).problems).toEqual([]);
});

it('keeps to row-major order with two lists, and knows which of them are seeds', () => {
  const document = parseDocument(textsText);
  const lists = document.nodes.filter(({ type }) => type.startsWith('lists/'));
  const seeds = lists.find(({ type }) => type === 'lists/integer-list')?.id ?? '';
  const samplers = lists.find(({ type }) => type === 'lists/text-list')?.id ?? '';
  const axes = [numbers(seeds, 'integers', [42, 43]), numbers(samplers, 'texts', ['euler', 'ddim', 'heun'])];
  expect(seedAxes(document, registry, axes).map(({ id }) => id)).toEqual([seeds]);
  const one = produce(document, takeCell(registry, axes, 4));
  expect(one.nodes.find(({ id }) => id === 'noise')?.params.seed).toBe(43);
  expect(one.nodes.find(({ id }) => id === 'scheduler')?.params.sampler).toBe('ddim');
  expect(plan(one, registry).problems).toEqual([]);
});

it('puts a node that sends the value where a list was wired to an input', () => {
  const document = parseDocument(sweepText);
  const list = { id: 'prompts', type: 'lists/text-list', version: 1, at: [8, 16] as [number, number], params: {} };
  const wired = checkDocument({
    ...document,
    nodes: [...document.nodes, list],
    wires: document.wires.map((wire) =>
      wire.to.join('.') === 'positive-text.text' ? { ...wire, from: ['prompts', 'texts'] } : wire,
    ),
  });
  const one = checkDocument(produce(wired, takeCell(registry, [numbers('prompts', 'texts', ['a cat', 'a dog'])], 1)));
  const wire = one.wires.find(({ to }) => to.join('.') === 'positive-text.text');
  const sender = one.nodes.find(({ id }) => id === wire?.from[0]);
  expect(sender).toMatchObject({ type: 'text/prompt', params: { text: 'a dog' }, at: [8, 16] });
  expect(one.nodes.some(({ id }) => id === 'prompts')).toBe(false);
  expect(plan(one, registry).problems).toEqual([]);
});
