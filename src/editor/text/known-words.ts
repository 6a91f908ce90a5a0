import { countWords } from './count-words';
import { wordsOf } from './words-of';

/** The words that the built-in model knows, and its card. */
export const knownWords = wordsOf('known-words', {
  cardTitle: 'Model card of tiny',
  modelCard: 'Model card',
  cardText: 'Text of the card',
  also: (aliases: string) => `Also: ${aliases}.`,
  wordsKnows: 'Words it knows',
  seenAll: 'It has seen every word of this prompt.',
  press: 'Press a word to put it into the prompt.',
  searchLabel: 'Search the words it knows',
  words: 'Words',
  inserted: (word: string) => `Inserted ${word}`,
  neverSeen: (words: string) => `This model has never seen ${words}. Words that it does not know mean nothing to it.`,
  unaskedHelp: 'It draws this unasked now and then; in a negative prompt it keeps it out.',
  groups: {
    objects: 'Objects',
    colors: 'Colours',
    places: 'Places',
    styles: 'Styles',
    relations: 'Relations',
    unasked: 'Drawn unasked',
    learned: 'Learned later',
  },
  notLoaded: (why: string) => `The card could not be loaded: ${why}. Open the page again.`,
  title: 'Words it knows',
  noWord: (text: string) => `It knows no word with “${text}” in it.`,
  means: (meaning: string) => `It means ${meaning}.`,
  loraNeeds: 'The graph needs the nodes LoRA and Apply LoRA for it; a template has them.',
  embeddingNeeds: 'It needs no node; Embedding gives it a strength.',
  count: (words: number) => countWords(words, 'word'),
});
