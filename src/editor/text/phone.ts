import { wordsOf } from './words-of';

/** What is under the canvas on a phone. */
export const phone = wordsOf('phone', {
  parts: 'Under the canvas',
  outline: 'Outline',
  steps: 'Steps',
  pictures: 'Pictures',
  taller: 'Taller sheet',
  noSteps: 'No steps yet. A run keeps each step of its denoise zones.',
  noPictures: 'No pictures yet. Run the graph to see them here.',
  ready: 'Ready to run',
  enlarge: (title: string) => `Show ${title} large`,
  choose: 'What to show under the canvas',
});
