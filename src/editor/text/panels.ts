import { countWords } from './count-words';
import { wordsOf } from './words-of';

/** The edges of palette, outline, inspector and steps. */
export const panels = wordsOf('panels', {
  size: {
    palette: 'Width of the palette',
    outline: 'Width of the outline',
    inspector: 'Width of the inspector',
    steps: 'Height of the steps',
  },
  pixels: (size: number) => countWords(size, 'pixel'),
  help: 'Drag, or press arrow keys. A double click makes it as it was at first.',
});
