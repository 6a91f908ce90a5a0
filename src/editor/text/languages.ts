import type { Language } from './words-of';

/** The languages besides English: the folders here, each named by its code. */
const folders = import.meta.glob<Language>('./*/index.ts', { import: 'default' });

/** Fetches the first of the languages that a person reads for which there are words. Undefined is English. */
export async function languageFor(codes: readonly string[]): Promise<Language | undefined> {
  for (const code of codes) {
    const [plain = code] = code.split('-');
    const fetchWords = folders[`./${code}/index.ts`] ?? folders[`./${plain}/index.ts`];
    if (fetchWords) return fetchWords();
    if (plain === 'en') return undefined;
  }
  return undefined;
}
