import { expect, it } from 'vitest';
import { z } from 'zod';
import { defineNode } from '../../core/define-node';
import { type Document, emptyDocument } from '../../core/document';
import { graphOf } from '../../core/graph';
import { countingParameters, facingParameters } from './parameters';

const definition = defineNode({
  type: 'test/many-parameters',
  version: 1,
  title: 'Many parameters',
  help: 'Has some that most graphs leave alone.',
  icon: 'bolt',
  params: z.object({
    sampler: z.enum(['ddim', 'euler']).default('ddim'),
    steps: z.int().default(25),
    eta: z
      .number()
      .default(0)
      .meta({ advanced: true, applies: { sampler: ['ddim'] } }),
    churn: z.number().default(0).meta({ advanced: true }),
  }),
  in: {},
  out: { number: 'number' },
  run: ({ params }) => ({ number: params.steps }),
});

type Pick = typeof facingParameters;
const names = (pick: Pick, node: Partial<Document['nodes'][number]>, wires: Document['wires'] = []) => {
  const nodes = [{ id: 'a', type: definition.type, version: 1, at: [0, 0] as [number, number], params: {}, ...node }];
  return pick(graphOf({ ...emptyDocument('g', 'G'), nodes, wires }), 'a', definition).map(({ name }) => name);
};

const shown = names.bind(undefined, facingParameters);
const counting = names.bind(undefined, countingParameters);

it('keeps advanced parameters off the node until they are changed, made a socket or wired', () => {
  expect(shown({})).toEqual(['sampler', 'steps']);
  expect(shown({ params: { eta: 0 } })).toEqual(['sampler', 'steps']);
  expect(shown({ params: { eta: 0.5 } })).toEqual(['sampler', 'steps', 'eta']);
  expect(shown({ exposed: ['churn'] })).toEqual(['sampler', 'steps', 'churn']);
  expect(shown({}, [{ from: ['b', 'number'], to: ['a', 'eta'] }])).toEqual(['sampler', 'steps', 'eta']);
});

it('leaves out what does not apply to the choice that was made, unless it was changed', () => {
  expect(counting({})).toEqual(['sampler', 'steps', 'eta', 'churn']);
  expect(counting({ params: { sampler: 'euler' } })).toEqual(['sampler', 'steps', 'churn']);
  expect(counting({ params: { sampler: 'euler', eta: 0.5 } })).toEqual(['sampler', 'steps', 'eta', 'churn']);
  // Which sampler arrives by wire is not known before the run.
  expect(counting({ params: { sampler: 'euler' } }, [{ from: ['b', 'text'], to: ['a', 'sampler'] }])).toContain('eta');
});
