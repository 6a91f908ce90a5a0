import { z } from 'zod';
import { defineNode, seed } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';
import { type Chosen, DynamicPrompt, readLists } from '../../src/diffusion/prompt/dynamic';
import { MersenneTwister } from '../../src/diffusion/random/mersenne-twister';

/** More prompts than anybody waits for. */
const most = 1000;

export default defineNode({
  type: 'lists/wildcards',
  version: 1,
  title: 'Wildcards',
  help: 'A prompt with choices in it: all that it stands for, or some at random. Everything that follows runs once for each.',
  alsoCalled: 'dynamic prompts, __wildcard__, combinatorial generation',
  icon: 'cards',
  params: z.object({
    text: z.string().max(100_000).default('a {red|blue} __thing__').meta({
      widget: 'lines',
      description:
        'Of {a|b} one is taken, of {2$$a|b|c} two, of {2$$ and $$a|b|c} two with a word between; {3::a|b} takes a three times as often; __name__ is a word of the list with this name.',
    }),
    lists: z.string().max(100_000).default('thing: car | sailboat').meta({
      widget: 'lines',
      description: 'A list on each line: its name, a colon, and words with | between them.',
    }),
    pick: z
      .enum(['all', 'random'])
      .default('all')
      .meta({ description: 'Every prompt once, or as many as you say, drawn with a seed.' }),
    count: z
      .int()
      .min(1)
      .max(most)
      .default(4)
      .meta({ description: 'How many.', applies: { pick: ['random'] } }),
    seed: seed()
      .default('42')
      .meta({ widget: 'seed', description: 'The same seed draws the same prompts.', applies: { pick: ['random'] } }),
  }),
  in: {},
  out: { texts: { kind: 'text', lists: true, help: 'The prompts, each called by what was chosen for it.' } },
  run({ params: { text, lists, pick, count, seed } }) {
    const prompt = new DynamicPrompt(text, readLists(lists));
    const chosen: Chosen[] = [];
    if (pick === 'all') {
      for (const one of prompt.all()) {
        if (chosen.length === most)
          throw new ProblemError({
            port: 'text',
            what: `This stands for more than ${most} prompts.`,
            cure: 'Pick some at random, or take choices out.',
          });
        chosen.push(one);
      }
    } else {
      const twister = new MersenneTwister(Number(BigInt(seed) & 0xffff_ffffn));
      for (let i = 0; i < count; i++) chosen.push(prompt.random(twister));
    }
    return { texts: chosen.map((one) => ({ label: one.choices.join(', ') || one.text, value: one.text })) };
  },
});
