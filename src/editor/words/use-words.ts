import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { registry } from '../registry';
import { useDocument } from '../state/use';
import { knownWords } from '../text/known-words';
import { readingOf } from './reading-model';
import { seenWords, type Unknown, unknownWords, type WordList } from './word-list';
import { loadWords, wordsStore } from './words-store';

/** The list of words, once it is there. */
export function useWordList(): WordList | undefined {
  useEffect(loadWords, []);
  return useStore(wordsStore, ({ list }) => list);
}

/** The words of a node's text that the built-in model was not trained on. */
export function useUnknownWords(node: string, text: string): readonly Unknown[] {
  const list = useWordList();
  const added = useDocument(({ graph }) => readingOf(graph, registry, node).words);
  const seen = useMemo(() => list && seenWords(list, added), [list, added]);
  return useMemo(() => (seen ? unknownWords(text, seen) : []), [seen, text]);
}

const quoted = (words: readonly string[]): string => {
  const all = words.map((word) => `“${word}”`);
  const [last = ''] = all.slice(-1);
  return all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${last}` : last;
};

/** "This model has never seen “castle”. Words that it does not know mean nothing to it." */
export const neverSeen = (words: readonly string[]): string => knownWords.neverSeen(quoted([...new Set(words)]));
