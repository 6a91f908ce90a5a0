import { countWords } from './count-words';
import { wordsOf } from './words-of';

/** Fields of parameters. */
export const widgets = wordsOf('widgets', {
  none: 'None',
  chooseAnother: (parameter: string, file: string) => `${parameter}: ${file}, choose another`,
  choose: (parameter: string) => `Choose ${parameter}`,
  chooseFile: 'Choose file',
  addPictures: 'Add or drop pictures',
  morePictures: (count: number) => `${countWords(count, 'picture')}, add more`,
  addFolder: 'Add all pictures of a folder',
  takeOut: (file: string) => `Take out ${file}`,
  noPictures: 'There is no picture among these.',
  whichPictures: 'PNG, JPEG and WebP pictures can be learned from.',
  moreModels: 'More models…',
  useAnother: 'Use another',
  chooseModel: 'Choose a model',
  paintOnOf: (parameter: string) => `${parameter}: paint on`,
  paint: 'Paint',
  paintOn: 'Paint on',
  change: (parameter: string) => `Change ${parameter}`,
  rolls: {
    fixed: 'Fixed',
    random: 'Random before each run',
    increment: 'One more before each run',
    decrement: 'One less before each run',
  },
  rollOf: (parameter: string) => `${parameter} before each run`,
  rollNew: (parameter: string) => `Roll a new ${parameter}`,
  words: 'Words it knows',
  wordsHelp: 'The words that this model knows.',
});
