import type { Language } from '../words-of';

/** A text in brackets; in an object each text, and in place of a function one whose text is. */
function marked(words: unknown): unknown {
  if (typeof words === 'string') return `[${words}]`;
  if (typeof words === 'function') return (...values: unknown[]) => marked(words(...values));
  if (typeof words !== 'object' || words === null) return words;
  return Object.fromEntries(Object.entries(words).map(([name, value]) => [name, marked(value)]));
}

/** English with each text in brackets: what shows without is in no catalogue. The code is the usual one for this. */
const bracketed: Language = (_, english) => marked(english) as typeof english;
export default bracketed;
