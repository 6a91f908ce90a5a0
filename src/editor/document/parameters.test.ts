import { expect, it } from 'vitest';
import { z } from 'zod';
import { defineNode } from '../../core/define-node';
import { type Document, emptyDocument } from '../../core/document';
import { graphOf } from '../../core/graph';
import { facingParameters } from './parameters';

const definition = defineNode({
  type: 'test/many-parameters',
  version: 1,
  title: 'Many parameters',
  help: 'Has some that most graphs leave alone.',
  icon: 'bolt',
  params: z.object({
    steps: z.int().default(25),
    eta: z.number().default(0).meta({ advanced: true }),
    churn: z.number().default(0).meta({ advanced: true }),
  }),
  in: {},
  out: { number: 'number' },
  run: ({ params }) => ({ number: params.steps }),
});

const shown = (node: Partial<Document['nodes'][number]>, wires: Document['wires'] = []) => {
  const nodes = [{ id: 'a', type: definition.type, version: 1, at: [0, 0] as [number, number], params: {}, ...node }];
  return facingParameters(graphOf({ ...emptyDocument('g', 'G'), nodes, wires }), 'a', definition).map(
    ({ name }) => name,
  );
};

it('keeps advanced parameters off the node until they are changed, made a socket or wired', () => {
  expect(shown({})).toEqual(['steps']);
  expect(shown({ params: { eta: 0 } })).toEqual(['steps']);
  expect(shown({ params: { eta: 0.5 } })).toEqual(['steps', 'eta']);
  expect(shown({ exposed: ['churn'] })).toEqual(['steps', 'churn']);
  expect(shown({}, [{ from: ['b', 'number'], to: ['a', 'eta'] }])).toEqual(['steps', 'eta']);
});
