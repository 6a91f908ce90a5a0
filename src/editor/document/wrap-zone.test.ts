import { produce } from 'immer';
import { describe, expect, it } from 'vitest';
import type { AnyNode } from '../../core/define-node';
import { checkDocument, type Document, emptyDocument } from '../../core/document';
import { graphOf } from '../../core/graph';
import { zoneBodies } from '../../core/zones';
import { registry } from '../registry';
import { wrapInZone } from './wrap-zone';

const types = {
  noise: 'latent/noise',
  scheduler: 'sampling/scheduler',
  unet: 'sampling/unet-step',
  sampler: 'sampling/sampler-step',
  decode: 'image/vae-decode',
  other: 'latent/composite',
} as const;

const graph = (wires: readonly string[]): Document =>
  checkDocument({
    ...emptyDocument('d', 'D'),
    nodes: Object.entries(types).map(([id, type], i) => ({ id, type, version: 1, at: [i * 200, 0], params: {} })),
    wires: wires.map((wire) => {
      const [from, to] = wire.split(' > ').map((end) => end.split('.'));
      return { from, to };
    }),
  });
const wires = (document: Document) =>
  document.wires.map(({ from, to }) => `${from.join('.')} > ${to.join('.')}`).sort();

const inner = ['unet.prediction > sampler.prediction'];
const open = graph([
  ...inner,
  'noise.latent > unet.latent',
  'noise.latent > sampler.latent',
  'sampler.latent > decode.latent',
]);
const boxes = new Map(open.nodes.map(({ id, at: [x, y] }) => [id, { x, y, width: 150, height: 120 }]));
const wrap = (document: Document, ids: readonly string[]) =>
  wrapInZone(document, registry, registry.get('sampling/denoise-start') as AnyNode, new Set(ids), boxes);

describe('nodes that are wrapped in a zone', () => {
  it('take what crosses through its ends, and the steps from its start', () => {
    const wrapped = wrap(open, ['unet', 'sampler']);
    if ('reason' in wrapped) throw new Error(wrapped.reason);
    const zoned = checkDocument(produce(open, wrapped.recipe));
    expect(wires(zoned)).toEqual(
      [
        ...inner,
        'denoise-start.latent > unet.latent',
        'denoise-start.latent > sampler.latent',
        'denoise-start.step > unet.step',
        'denoise-start.step > sampler.step',
        'noise.latent > denoise-start.noise',
        'scheduler.schedule > denoise-start.schedule',
        'sampler.latent > denoise-end.latent',
        'denoise-end.latent > decode.latent',
      ].sort(),
    );
    const { bodies, problems } = zoneBodies(graphOf(zoned), registry);
    expect(problems).toEqual([]);
    expect(bodies.map(({ inside }) => [...inside].sort())).toEqual([['sampler', 'unet']]);
  });

  it('have the ends to their left and right, where these hide nothing', () => {
    const wrapped = wrap(open, ['unet', 'sampler']);
    if ('reason' in wrapped) throw new Error(wrapped.reason);
    const ends = produce(open, wrapped.recipe).nodes.slice(-2);
    for (const { at } of ends)
      for (const { x, y } of boxes.values())
        expect(at[0] >= x + 150 || at[0] + 96 <= x || at[1] >= y + 120 || at[1] + 110 <= y).toBe(true);
    expect(ends[0]?.at[0]).toBeLessThan(ends[1]?.at[0] ?? 0);
  });

  it('stay as they are where something else would leave the zone, and the reason is said', () => {
    const leaking = graph([...wires(open), 'sampler.denoised > other.onto', 'sampler.latent > other.latent']);
    const wrapped = wrap(leaking, ['unet', 'sampler']);
    expect(wrapped).toEqual({ reason: expect.stringMatching(/Nothing leaves a zone but through its end/) });
  });
});
