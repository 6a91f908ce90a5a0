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

/** What a query finds, the best first. */
export function search<T>(
  things: readonly T[],
  query: string,
  words: (thing: T) => readonly [title: string, more?: string | undefined],
): T[] {
  return things
    .map((thing) => ({ thing, rank: rankOf(query, ...words(thing)) }))
    .filter((entry) => entry.rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map((entry) => entry.thing);
}

/** One of its names, without blanks and case, as people type them: "ksampler", "vae decode". */
const plain = (name: string) => name.toLowerCase().replaceAll(' ', '');

/**
 * Nodes whose title, other names, category or help have all words of a query. First those with the title or its start, then those that
 * another program calls so, then the rest.
 */
export function searchNodes(definitions: readonly AnyNode[], query: string): AnyNode[] {
  const wanted = plain(query);
  const called = ({ alsoCalled }: AnyNode) =>
    wanted.length > 2 && (alsoCalled?.split(', ').some((name) => plain(name).startsWith(wanted)) ?? false);
  const rank = (definition: AnyNode) => {
    const { title, help, alsoCalled = '' } = definition;
    const found = rankOf(
      query,
      paletteTitle(definition),
      `${categoryOf(definition.type)} ${title} ${alsoCalled} ${help}`,
    );
    return called(definition) ? Math.max(found, 3.5) : found;
  };
  return definitions
    .map((definition) => ({ definition, rank: rank(definition) }))
    .filter((entry) => entry.rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map((entry) => entry.definition);
}
