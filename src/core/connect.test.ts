import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import textToImage from '../../graphs/text-to-image.weft.json?raw';
import { registry } from '../../nodes/registry';
import { canConnect } from './connect';
import { type Document, parseDocument } from './document';
import { graphOf } from './graph';
import { topologicalOrder } from './order';
import { parametersOf } from './parameters';
import { zoneBodies } from './zones';

const template = parseDocument(textToImage);
const outputs = template.nodes.flatMap(({ id, type }) =>
  Object.keys(registry.get(type)?.out ?? {}).map((port): [string, string] => [id, port]),
);
const inputs = template.nodes.flatMap(({ id, type }) => {
  const definition = registry.get(type);
  const ports = definition ? [...Object.keys(definition.in), ...parametersOf(definition).map((p) => p.name)] : [];
  return ports.map((port): [string, string] => [id, port]);
});
const nowhere = fc.tuple(fc.constantFrom('prompt', 'cfg', 'gone'), fc.constantFrom('text', 'latent', 'nothing'));

const connect = (document: Document, from: [string, string], to: [string, string]): Document => ({
  ...document,
  wires: [...document.wires.filter((w) => w.to.join() !== to.join()), { from, to }],
});

describe('connecting', () => {
  it('gives every refusal a reason, and keeps the graph free of cycles and broken zones with every wire it allows', () => {
    const attempt = fc.record({
      from: fc.oneof(fc.constantFrom(...outputs), nowhere),
      to: fc.oneof(fc.constantFrom(...inputs), nowhere),
    });
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 12 }), (attempts) => {
        let document = template;
        for (const { from, to } of attempts) {
          const answer = canConnect(document, registry, from, to);
          if (!answer.ok) {
            expect(answer.reason).toMatch(/^[A-Z].{10,}\.$/);
            continue;
          }
          document = connect(document, from, to);
          const graph = graphOf(document);
          expect(
            topologicalOrder(graph.nodes.keys(), (id) => (graph.into.get(id) ?? []).map((w) => w.from[0])).cyclic,
          ).toEqual([]);
          expect(zoneBodies(graph, registry).problems).toEqual([]);
        }
      }),
    );
  });

  const refusal = (from: [string, string], to: [string, string]) => {
    const answer = canConnect(template, registry, from, to);
    return answer.ok ? 'allowed' : answer.reason;
  };

  it.each<[string, [string, string], [string, string], string]>([
    [
      'names both kinds',
      ['positive-text', 'conditioning'],
      ['decode', 'latent'],
      'VAE decode needs a latent here; this is conditioning.',
    ],
    [
      'refuses a loop',
      ['unet-prompt', 'prediction'],
      ['unet-prompt', 'latent'],
      'UNet step, prompt cannot feed itself.',
    ],
    [
      'refuses a longer loop',
      ['end', 'latent'],
      ['start', 'noise'],
      'This would make a loop: Denoise end already depends on Denoise start. Loops go through a denoise zone.',
    ],
    [
      'lets nothing leave a zone but through its end',
      ['end', 'latent'],
      ['sampler', 'latent'],
      'This would make a loop: Denoise end already depends on Sampler step. Loops go through a denoise zone.',
    ],
    [
      'takes a whole number where a real one is wanted',
      ['prompt', 'text'],
      ['cfg', 'scale'],
      'CFG combine needs a number here; this is text.',
    ],
  ])('%s', (_, from, to, reason) => expect(refusal(from, to)).toBe(reason));

  it('refuses a node that is both inside and behind a zone', () => {
    const document: Document = {
      ...template,
      nodes: [
        ...template.nodes,
        { id: 'grid', type: 'sampling/cfg-combine', version: 1, at: [0, 0], params: {} },
        { id: 'u2', type: 'sampling/unet-step', version: 1, at: [0, 0], params: {} },
      ],
      wires: [
        ...template.wires,
        { from: ['end', 'latent'], to: ['u2', 'latent'] },
        { from: ['u2', 'prediction'], to: ['grid', 'conditional'] },
      ],
    };
    const answer = canConnect(document, registry, ['cfg', 'prediction'], ['grid', 'unconditional']);
    expect(answer).toEqual({
      ok: false,
      reason:
        'CFG combine takes a value from inside the denoise zone and another from behind its end. Nothing leaves a zone but through its end: wire it from Denoise end.',
    });
  });
});
