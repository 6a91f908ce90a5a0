import { describe, expect, it } from 'vitest';
import recorded from '../../../test/fixtures/dynamic-prompts.json';
import { MersenneTwister } from '../random/mersenne-twister';
import { DynamicPrompt, readLists } from './dynamic';

const lists = readLists(
  Object.entries(recorded.lists)
    .map(([name, words]) => `${name}: ${words.join(' | ')}`)
    .join('\n'),
);

describe.each(recorded.cases)('$template', ({ template, all, drawn }) => {
  const prompt = new DynamicPrompt(template, lists);

  it('stands for the prompts that dynamicprompts makes of it, in its order', () => {
    const texts = [...prompt.all()].map(({ text }) => text);
    // That library sorts the words of lists; here they stay as they are written.
    if (template.includes('__')) expect(texts.toSorted()).toEqual(all.toSorted());
    else expect(texts).toEqual(all);
  });

  it('is drawn as often as dynamicprompts draws each of them', () => {
    const twister = new MersenneTwister(7);
    const counts = new Map<string, number>();
    const draws = 20_000;
    for (let i = 0; i < draws; i++) {
      const { text } = prompt.random(twister);
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    expect([...counts.keys()].toSorted()).toEqual(Object.keys(drawn).toSorted());
    // Four standard deviations of two such counts.
    for (const [text, often] of Object.entries(drawn))
      expect(Math.abs((counts.get(text) ?? 0) - often), text).toBeLessThan(4 * Math.sqrt(2 * often));
  });
});

it('calls a prompt by what was chosen for it', () => {
  const [first] = new DynamicPrompt('a {red|blue} {big {cat|dog}|fox}', lists).all();
  expect(first).toEqual({ text: 'a red big cat', choices: ['red', 'big cat'] });
});

it('leaves out remarks and takes a brace behind a backslash as it is', () => {
  const texts = (template: string) => [...new DynamicPrompt(template, lists).all()].map(({ text }) => text);
  expect(texts('a car # {red|blue}')).toEqual(['a car']);
  expect(texts('\\{a|b\\}')).toEqual(['{a|b}']);
});

it('says what is wrong with a choice without end, a list that is not there, and one that leads to itself', () => {
  const all = (template: string, written = '') => [...new DynamicPrompt(template, readLists(written)).all()];
  expect(() => all('a {red|blue')).toThrow('The choice that begins with “{red|blue” has no end.');
  expect(() => all('a __gone__')).toThrow('There is no list called gone.');
  expect(() => all('a __x__', 'x: b __x__')).toThrow('The list x leads to itself.');
  expect(() => all('a', 'no colon')).toThrow('“no colon” is not a list.');
});
