import { expect, test } from 'vitest';
import list from '../../../models/tiny/words.json';
import { found, groupsOf, seenWords, stands, unknownWords, withWord } from './word-list';

const seen = seenWords(list, []);
const unknown = (text: string) => unknownWords(text, seen).map(({ word }) => word);

test('the list of the built-in model has every word of every group among those that it has seen', () => {
  const words = groupsOf(list).flatMap(({ entries }) => entries.flatMap(({ text, aliases }) => [text, ...aliases]));
  expect(words.length).toBeGreaterThan(80);
  expect(words.filter((word) => unknown(word).length > 0)).toEqual([]);
});

test('words that the model was not trained on are found with their place, whatever their case', () => {
  expect(unknownWords('A Castle on a beach, castles', seen)).toEqual([
    { word: 'Castle', start: 2, end: 8 },
    { word: 'castles', start: 21, end: 28 },
  ]);
});

test('the words of captions are known: articles, prepositions, and what styles and places are called in prose', () => {
  expect(unknown("An oil painting of the gorilla's plate of chips, in the woods, 4k, best quality")).toEqual([]);
});

test('the signs of prompt syntax are no words', () => {
  expect(unknown('(cat:1.3) BREAK [dog] embedding:mystyle <lora:thing:0.8>')).toEqual([]);
});

test('words that embeddings add are known', () => {
  expect(unknownWords('a zorgle cat', seenWords(list, ['zorgle.safetensors']))).toEqual([]);
});

test('a word goes where the caret is, apart from its neighbours', () => {
  expect(withWord('a ', [2, 2], { word: 'cat', tag: false })).toEqual({ text: 'a cat', caret: 5 });
  expect(withWord('a eating chips', [1, 1], { word: 'cat', tag: false })).toEqual({
    text: 'a cat eating chips',
    caret: 5,
  });
  expect(withWord('a dog, park', [2, 5], { word: 'cat', tag: false })).toEqual({ text: 'a cat, park', caret: 5 });
});

test('places and styles go behind a comma, as in the captions', () => {
  expect(withWord('a cat', [5, 5], { word: 'pixel art', tag: true })).toEqual({ text: 'a cat, pixel art', caret: 16 });
  expect(withWord('a cat, ', [7, 7], { word: 'park', tag: true })).toEqual({ text: 'a cat, park', caret: 11 });
  expect(withWord('', [0, 0], { word: 'snow', tag: true })).toEqual({ text: 'snow', caret: 4 });
  expect(withWord('a cat on a bench', [5, 5], { word: 'neon', tag: true }).text).toBe('a cat, neon, on a bench');
});

test('what is looked for by another name is offered under that name', () => {
  const entries = found(groupsOf(list), 'bunn').flatMap((group) => group.entries);
  expect(entries).toEqual([{ text: 'bunny', aliases: ['rabbit'] }]);
  expect(found(groupsOf(list), 'castle')).toEqual([]);
});

test('a word stands in a prompt as itself or by another name, and not as part of another word', () => {
  const rabbit = { text: 'rabbit', aliases: ['bunny'] };
  expect(stands('a Bunny, park', rabbit)).toBe(true);
  expect(stands('rabbits', rabbit)).toBe(false);
});
