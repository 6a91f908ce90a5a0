import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';

export default defineNode({
  type: 'lists/integer-list',
  version: 1,
  title: 'Integer list',
  help: 'Several whole numbers, such as seeds or steps. Everything that follows runs once for each; two lists make a grid.',
  icon: 'list-numbers',
  params: z.object({
    values: z
      .string()
      .max(20_000)
      .default('1, 2, 4, 8')
      .meta({ description: 'Whole numbers with commas or spaces between them.' }),
  }),
  in: {},
  out: {
    integers: { kind: 'integer', lists: true, help: 'The numbers, one after the other, each under its own name.' },
  },
  run({ params }) {
    const words = params.values.split(/[\s,;]+/).filter(Boolean);
    const integers = words.map((word) => {
      const value = Number(word);
      if (!Number.isSafeInteger(value))
        throw new ProblemError({
          port: 'values',
          what: `"${word}" is not a whole number.`,
          cure: 'Write whole numbers with commas between them.',
        });
      return { label: word, value };
    });
    return { integers };
  },
});
