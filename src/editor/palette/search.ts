import type { AnyNode } from '../../core/define-node';
import { categoryOf, paletteTitle } from '../registry';

/**
 * How well a query finds something: 5 where it is its title, 4 where its title starts with it, 3 where each word starts a word of the title, 2 where the
 * title has all words, 1 where `more` helps, else 0.
 */
export function rankOf(query: string, title: string, more = ''): number {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const name = title.toLowerCase();
  const all = `${name} ${more.toLowerCase()}`;
  if (!words.every((word) => all.includes(word))) return 0;
  const typed = words.join(' ');
  if (name === typed) return 5;
  if (name.startsWith(typed)) return 4;
  if (words.every((word) => ` ${name}`.includes(` ${word}`))) return 3;
  return words.every((word) => name.includes(word)) ? 2 : 1;
}

/** One of its names, without blanks and case, as people type them: "ksampler", "vae decode". */
const plain = (name: string) => name.toLowerCase().replaceAll(' ', '');

/** Too few letters begin too many names. */
const fewest = 3;

/** The same, where a thing has other names, with commas between them: one that starts with the query is nearly a title. */
function rankCalled(query: string, title: string, alsoCalled = '', more = ''): number {
  const rank = rankOf(query, title, `${alsoCalled} ${more}`);
  const wanted = plain(query);
  const called = wanted.length >= fewest && alsoCalled.split(', ').some((name) => plain(name).startsWith(wanted));
  return called ? Math.max(rank, 3.5) : rank;
}

/** What a query finds, the best first; `words` are what a thing is called, what else there is to say of it, and its other names. */
export function search<T>(
  things: readonly T[],
  query: string,
  words: (thing: T) => readonly [title: string, more?: string | undefined, alsoCalled?: string | undefined],
): T[] {
  const rank = (thing: T) => {
    const [title, more, alsoCalled] = words(thing);
    return rankCalled(query, title, alsoCalled, more);
  };
  return things
    .map((thing) => ({ thing, rank: rank(thing) }))
    .filter((entry) => entry.rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map((entry) => entry.thing);
}

/**
 * Nodes whose title, other names, category or help have all words of a query. First those with the title or its start, then those that
 * another program calls so, then the rest.
 */
export const searchNodes = (definitions: readonly AnyNode[], query: string): AnyNode[] =>
  search(definitions, query, (definition) => {
    const { title, help, alsoCalled, type } = definition;
    return [paletteTitle(definition), `${categoryOf(type)} ${title} ${help}`, alsoCalled];
  });
