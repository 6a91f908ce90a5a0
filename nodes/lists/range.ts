import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';

/** More is a mistyped step. */
const most = 10_000;

/** As few digits as tell it apart from its neighbours: 0.1 + 0.2 is 0.3. */
const rounded = (value: number): number => Number(value.toPrecision(9));

interface Range {
  readonly from: number;
  readonly to: number;
  readonly spacing: 'linear' | 'logarithmic';
}

/** `count` numbers from one end to the other, both included. */
function byCount({ from, to, spacing }: Range, count: number): number[] {
  if (count === 1) return [from];
  const share = (i: number) => i / (count - 1);
  return Array.from({ length: count }, (_, i) =>
    spacing === 'linear' ? from + share(i) * (to - from) : from * (to / from) ** share(i),
  );
}

/** From one end in steps, or by a factor, as far as the other end. */
function byStep({ from, to, spacing }: Range, step: number): number[] {
  const linear = spacing === 'linear';
  const way = linear ? (to - from) / step : Math.log(to / from) / Math.log(step);
  if (!Number.isFinite(way) || way < 0)
    throw new ProblemError({
      port: 'step',
      what: `From ${from} nothing leads to ${to} ${linear ? `in steps of ${step}` : `by a factor of ${step}`}.`,
      cure: linear ? 'Take a step towards it.' : 'Take a factor above 1 to go up, below 1 to go down.',
    });
  // A hair more, so that 1 is reached from 0 in steps of 0.1.
  const count = Math.floor(way + 1e-9) + 1;
  if (count > most)
    throw new ProblemError({ port: 'step', what: `That would be ${count} numbers.`, cure: 'Take a larger step.' });
  return Array.from({ length: count }, (_, i) => (linear ? from + i * step : from * step ** i));
}

export default defineNode({
  type: 'lists/range',
  version: 1,
  title: 'Range',
  help: 'Numbers from one end to the other, evenly or by a factor. Everything that follows runs once for each.',
  alsoCalled: 'linspace, arange, geomspace',
  icon: 'ruler-measure',
  params: z.object({
    from: z.number().min(-1e9).max(1e9).default(1).meta({ description: 'The first number.' }),
    to: z.number().min(-1e9).max(1e9).default(10).meta({ description: 'The last number.' }),
    by: z
      .enum(['count', 'step'])
      .default('count')
      .meta({ description: 'Whether to say how many numbers there are, or how far they are apart.' }),
    count: z
      .int()
      .min(1)
      .max(1000)
      .default(4)
      .meta({ description: 'How many numbers, both ends included.', applies: { by: ['count'] } }),
    step: z
      .number()
      .min(-1e9)
      .max(1e9)
      .default(1)
      .meta({
        description: 'What is added each time; the factor where the spacing is logarithmic.',
        applies: { by: ['step'] },
      }),
    spacing: z
      .enum(['linear', 'logarithmic'])
      .default('linear')
      .meta({ description: 'The same difference from one to the next, or the same factor.' }),
    whole: z
      .boolean()
      .default(false)
      .meta({ fixed: true, description: 'Rounds to whole numbers and leaves out doubles: for steps and seeds.' }),
  }),
  in: {},
  out: {
    numbers: { kind: 'number', also: ['integer'], lists: true, help: 'The numbers, each under its own name.' },
  },
  varies: {
    needs: () => [],
    kinds: ({ whole }) => ({ numbers: whole === true ? 'integer' : 'number' }),
  },
  run({ params: { from, to, by, count, step, spacing, whole } }) {
    if (spacing === 'logarithmic' && (from === 0 || to / from <= 0))
      throw new ProblemError({
        port: 'from',
        what: `There is no factor between ${from} and ${to}.`,
        cure: 'With logarithmic spacing both ends are above 0.',
      });
    const range = { from, to, spacing };
    const numbers = by === 'count' ? byCount(range, count) : byStep(range, step);
    const values = new Set(numbers.map((value) => (whole ? Math.round(value) : rounded(value))));
    return { numbers: [...values].map((value) => ({ label: String(value), value })) };
  },
});
