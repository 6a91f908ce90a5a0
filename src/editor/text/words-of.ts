/** A language: for the name of an area and its words in English, the words to show, of the same type. */
export type Language = <Words extends object>(area: string, english: Words) => Words;

let language: Language = (_, english) => english;

/** Chooses the language of every area that is read from now on; before the first of them. */
export function speak(chosen: Language) {
  language = chosen;
}

/** An area of the catalogue: these words, or those of the language that was chosen. */
export const wordsOf = <Words extends object>(area: string, english: Words): Words => language(area, english);
