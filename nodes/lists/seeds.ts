import { z } from 'zod';
import { defineNode, seed } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';
import { MersenneTwister } from '../../src/diffusion/random/mersenne-twister';

/** Seeds travel on wires as numbers, which are whole up to here. */
const largest = BigInt(Number.MAX_SAFE_INTEGER);

export default defineNode({
  type: 'lists/seeds',
  version: 1,
  title: 'Seeds',
  help: 'Several seeds from one. Everything that follows runs once for each.',
  alsoCalled: 'batch count, variations',
  icon: 'dice-5',
  params: z.object({
    seed: seed().default('42').meta({ widget: 'seed', description: 'The seed that the others come from.' }),
    count: z.int().min(1).max(1000).default(4).meta({ description: 'How many seeds.' }),
    order: z.enum(['following', 'random']).default('following').meta({
      description:
        'The seed and those after it, one by one, or some below 2^32 that are drawn with it: always the same.',
    }),
  }),
  in: {},
  out: { seeds: { kind: 'integer', lists: true, help: 'The seeds, one after the other.' } },
  run({ params: { seed, count, order } }) {
    const first = BigInt(seed);
    if (order === 'following' && first + BigInt(count) > largest)
      throw new ProblemError({
        port: 'seed',
        what: `The seeds after ${seed} are too large for a list.`,
        cure: `Take a seed below ${largest}.`,
      });
    const twister = new MersenneTwister(Number(first & 0xffff_ffffn));
    const seeds = new Set<number>();
    for (let i = 0; seeds.size < count; i++) seeds.add(order === 'following' ? Number(first) + i : twister.word());
    return { seeds: [...seeds].map((value) => ({ label: String(value), value })) };
  },
});
