import { countWords } from './count-words';
import { wordsOf } from './words-of';

/** Several pictures of one node: while they are made, as a grid, one of them, and as an animation. */
export const sweep = wordsOf('sweep', {
  progress: (done: number, of: number) => `${done} of ${countWords(of, 'picture')}`,
  pausedAt: (progress: string) => `Paused, ${progress}`,
  cells: 'Pictures of the sweep',
  sizes: (sizes: readonly number[]) => sizes.join(' × '),
  pause: 'Pause',
  goOn: 'Go on',
  saveGrid: 'Save grid',
  gridFile: (name: string) => `${name || 'Pictures'}, grid`,
  openCell: 'Open graph with these values',
  openCellHelp: 'A new tab with the graph that makes this one picture: the values stand in place of the lists.',
  cannotOpen: 'The lists of this picture are no longer in the graph.',
  named: (name: string, labels: string) => (name ? `${name}, ${labels}` : labels),
  useSeed: 'Use this seed',
  useSeedHelp: 'Puts the seed of this picture in place of the list of seeds, in the graph that is open.',
  compare: 'Compare',
  compareWith: 'Now choose the other picture.',
  savePicture: 'Save picture',
  gesture: 'Take the seed of a picture',
  clipped: 'clipped',
  clippedHelp: 'How much of the pictures is at an end of what can be shown: fully black or fully bright in a colour.',
  percent: (share: number) => `${share < 0.0995 ? (100 * share).toFixed(1) : Math.round(100 * share)} %`,
  pages: (title: string) => `Pages by ${title}`,
  notYet: (labels: string) => `${labels}, not there yet`,
  size: 'size',

  play: 'Play',
  stopPlaying: 'Pause the animation',
  animation: 'Animation',
  frame: 'Picture',
  frameOf: (at: number, of: number, label: string) => `${at} of ${of}${label ? `, ${label}` : ''}`,
  save: (format: string) => `Save ${format}`,
  saving: (format: string) => `Making ${format}…`,
  saved: (name: string, size: string) => `Saved ${name}, ${size}`,
});
