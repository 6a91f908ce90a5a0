import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'numbers/integer',
  version: 1,
  title: 'Integer',
  help: 'A whole number, for any parameter that is shown as a socket.',
  icon: 'number-123',
  params: z.object({ value: z.int().default(1).meta({ description: 'The number that comes out.' }) }),
  in: {},
  out: { integer: { kind: 'integer', help: 'The number.' } },
  foresee: ({ params }) => ({ values: { integer: params.value } }),
  run: ({ params }) => ({ integer: params.value }),
});
