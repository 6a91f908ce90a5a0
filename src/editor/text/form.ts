import { wordsOf } from './words-of';

/** The graph as a form. */
export const form = wordsOf('form', {
  title: 'The graph as a form',
  nothing: 'Nothing here has words, a seed or a file to fill in.',
  hint: 'The ring beside a parameter in the inspector decides what stands here; without any it is words, seeds and files.',
  noPicture: 'Run the graph to see its pictures here.',
});
