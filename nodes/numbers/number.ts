import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'numbers/number',
  version: 1,
  title: 'Number',
  help: 'A real number, for any parameter that is shown as a socket.',
  icon: 'decimal',
  params: z.object({ value: z.number().default(1).meta({ step: 0.1, description: 'The number that comes out.' }) }),
  in: {},
  out: { number: { kind: 'number', help: 'The number.' } },
  foresee: ({ params }) => ({ values: { number: params.value } }),
  run: ({ params }) => ({ number: params.value }),
});
