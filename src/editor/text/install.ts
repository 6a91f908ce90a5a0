import { wordsOf } from './words-of';

/** Weft as an app: without a network, and in new versions. */
export const install = wordsOf('install', {
  update: 'There is a new version of Weft.',
  updateText:
    'Reload to use it. Graphs and pictures stay; a run that goes on is stopped. Otherwise it waits until Weft is closed.',
  reload: 'Reload',
  threads: 'Weft computes faster after a reload.',
  threadsText: 'This host does not send the headers that threads need. From the next time on Weft adds them by itself.',
});
