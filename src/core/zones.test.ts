import { expect, it } from 'vitest';
import { registry } from '../../nodes/registry';
import { emptyDocument } from './document';
import { graphOf } from './graph';
import { zoneBodies } from './zones';

const node = (id: string, type: string) => ({ id, type, version: 1, at: [0, 0] as [number, number], params: {} });

it('two zones of which one ends inside the other are refused in words', () => {
  const document = {
    ...emptyDocument('crossing', 'Crossing'),
    nodes: ['first', 'second'].flatMap((id) => [
      node(`${id}-start`, 'sampling/denoise-start'),
      node(`${id}-end`, 'sampling/denoise-end'),
    ]),
    wires: [{ from: ['second-start', 'latent'] as [string, string], to: ['first-end', 'latent'] as [string, string] }],
    zones: ['first', 'second'].map((id) => ({ id, start: `${id}-start`, end: `${id}-end` })),
  };
  const { problems } = zoneBodies(graphOf(document), registry);
  expect(problems).toMatchObject([{ node: 'first-end', what: 'Denoise end is inside two denoise zones at once.' }]);
});
