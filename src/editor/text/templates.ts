import { wordsOf } from './words-of';

/** Templates, and the empty graph that offers them. */
export const templates = wordsOf('templates', {
  start: 'Start with a picture, or with nothing',
  startHint: 'A small model is built in. Everything runs on this device.',
  all: 'All templates',
  templates: 'Templates',
  search: 'Search templates',
  subject: 'Subject',
  none: 'No template says that. Try a shorter word.',
  emptyHint: 'adds a node. Drop a model, a picture or a graph anywhere.',
});
