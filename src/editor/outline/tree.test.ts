import { expect, test } from 'vitest';
import { registry } from '../../../nodes/registry';
import { type Document, emptyDocument } from '../../core/document';
import { graphOf } from '../../core/graph';
import type { Box } from '../document/boxes';
import { type OutlineItem, outlineOf } from './tree';

const node = (id: string, type: string, x: number) => ({
  id,
  type,
  version: 1,
  at: [x, 0] as [number, number],
  params: {},
});
const wire = (from: [string, string], to: [string, string]) => ({ from, to });

/** A zone whose sampler step also takes a prediction from a UNet that hangs on a prompt, listed in a wild order. */
const document: Document = {
  ...emptyDocument('test', 'Test'),
  nodes: [
    node('preview', 'image/image-preview', 700),
    node('end', 'sampling/denoise-end', 500),
    node('step', 'sampling/sampler-step', 400),
    node('start', 'sampling/denoise-start', 200),
    node('unet', 'sampling/unet-step', 300),
    node('text', 'text/text-encoder', 100),
    node('prompt', 'text/prompt', 0),
  ],
  wires: [
    wire(['prompt', 'text'], ['text', 'text']),
    wire(['start', 'latent'], ['unet', 'latent']),
    wire(['text', 'conditioning'], ['unet', 'conditioning']),
    wire(['start', 'latent'], ['step', 'latent']),
    wire(['unet', 'prediction'], ['step', 'prediction']),
    wire(['step', 'latent'], ['end', 'latent']),
    wire(['end', 'latent'], ['preview', 'image']),
  ],
  zones: [{ id: 'zone', start: 'start', end: 'end' }],
};
const boxes = (of: Document): Map<string, Box> =>
  new Map(
    [...of.nodes, ...(of.notes ?? [])].map(({ id, at: [x, y] }) => [id, { x, y, width: 50, height: 50 }] as const),
  );
const words = (items: readonly OutlineItem[]): string =>
  items.map((item) => ('children' in item ? `${item.id}(${words(item.children)})` : item.id)).join(' ');
const outline = (of: Document) => words(outlineOf(graphOf(of), registry, boxes(of)));

test('nodes stand in the order of the wires, and what a zone takes from outside stands before it', () => {
  expect(outline(document)).toBe('prompt text zone(start unet step end) preview');
});

test('a frame holds what lies wholly in it, with the zones in it', () => {
  const framed = { id: 'frame', title: 'All', at: [90, -10] as [number, number], size: [520, 100] as [number, number] };
  const note = { id: 'note', at: [110, 20] as [number, number], size: [50, 50] as [number, number], text: 'Here' };
  expect(outline({ ...document, frames: [framed], notes: [note] })).toBe(
    'prompt frame(text zone(start unet step end) note) preview',
  );
});

test('a frame that cuts through a zone is left out, its nodes stay in the zone', () => {
  const framed = {
    id: 'frame',
    title: 'Part',
    at: [90, -10] as [number, number],
    size: [280, 100] as [number, number],
  };
  expect(outline({ ...document, frames: [framed] })).toBe('prompt text zone(start unet step end) preview');
});
