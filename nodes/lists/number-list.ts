import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';

export default defineNode({
  type: 'lists/number-list',
  version: 1,
  title: 'Number list',
  help: 'Several numbers. Everything that follows runs once for each; two lists make a grid.',
  icon: 'list-numbers',
  params: z.object({
    values: z
      .string()
      .max(20_000)
      .default('1, 2.5, 5, 7.5')
      .meta({ description: 'Numbers with commas or spaces between them.' }),
  }),
  in: {},
  out: { numbers: { kind: 'number', lists: true, help: 'The numbers, one after the other, each under its own name.' } },
  run({ params }) {
    const words = params.values.split(/[\s,;]+/).filter(Boolean);
    const numbers = words.map((word) => {
      const value = Number(word);
      if (!Number.isFinite(value))
        throw new ProblemError({
          port: 'values',
          what: `"${word}" is not a number.`,
          cure: 'Write numbers with commas between them.',
        });
      return { label: word, value };
    });
    return { numbers };
  },
});
