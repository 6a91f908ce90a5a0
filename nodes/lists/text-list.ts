import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'lists/text-list',
  version: 1,
  title: 'Text list',
  help: 'Several texts, one per line. Everything that follows runs once for each.',
  icon: 'list-letters',
  params: z.object({
    lines: z
      .string()
      .max(100_000)
      .default('a red car\na blue car')
      .meta({ widget: 'lines', description: 'One text per line.' }),
  }),
  in: {},
  out: { texts: { kind: 'text', lists: true, help: 'The texts, one after the other, each under its own name.' } },
  run({ params }) {
    const lines = params.lines
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
    return { texts: lines.map((line) => ({ label: line, value: line })) };
  },
});
