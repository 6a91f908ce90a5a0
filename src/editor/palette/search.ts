import type { AnyNode } from '../../core/define-node';
import { categoryOf, paletteTitle } from '../registry';

/** Nodes whose title, category or help has all words of a query, those with the title's start first. */
export function searchNodes(definitions: readonly AnyNode[], query: string): AnyNode[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = (definition: AnyNode): number => {
    const title = paletteTitle(definition).toLowerCase();
    const all = `${title} ${categoryOf(definition.type)} ${definition.title.toLowerCase()} ${definition.help.toLowerCase()}`;
    if (!words.every((word) => all.includes(word))) return 0;
    if (title.startsWith(words[0] ?? '')) return 3;
    return words.every((word) => title.includes(word)) ? 2 : 1;
  };
  return definitions
    .map((definition) => ({ definition, rank: rank(definition) }))
    .filter((entry) => entry.rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map((entry) => entry.definition);
}
