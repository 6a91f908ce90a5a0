import { sizeWords } from '../models/size-words';
import { durationWords } from '../words';
import { countWords } from './count-words';
import { wordsOf } from './words-of';

const number = (value: number): string => value.toLocaleString('en');

/** The pictures that were made, and what is known of the runs that made them. */
export const history = wordsOf('history', {
  title: 'History',
  close: 'Close',
  open: 'Open History',
  count: (pictures: number, bytes: number) =>
    `${number(pictures)} ${pictures === 1 ? 'picture' : 'pictures'} · ${sizeWords(bytes)}`,
  found: (pictures: number, all: number) => `${number(pictures)} of ${countWords(all, 'picture')}`,
  search: 'Search prompts',
  which: 'Which pictures',
  all: 'All',
  starred: 'Starred',
  grids: 'Grids',
  inGrid: 'In its grid',
  animations: 'Animations',
  image: (label: string) => `image ${label}`,
  seedOf: (value: string) => `seed ${value}`,
  frames: (count: number) => `${count} frames`,
  filter: 'Filter',
  anyGraph: 'Any graph',
  anyModel: 'Any model',
  anySize: 'Any size',
  graph: 'Graph',
  model: 'Model',
  size: 'Size',
  clear: 'Show all',
  storage: 'Storage',
  today: 'Today',
  yesterday: 'Yesterday',
  pictures: 'Pictures',
  none: 'No pictures yet. Press Run and each one is kept here.',
  noneFound: 'No picture has that. Try fewer words, or show all.',
  untitled: 'Untitled',
  /** A picture, for those who do not see it. */
  spoken: (prompt: string, caption: string, starred: boolean, time: string) =>
    [prompt || 'No prompt', caption, starred && 'starred', time].filter(Boolean).join(', '),
  alt: (prompt: string) => prompt || 'Picture without a prompt',

  // What can be done with a picture.
  openGraph: 'Open its graph',
  openGraphHelp: 'Opens the graph that made it in a tab of its own, with its seeds.',
  useSeed: 'Use this seed',
  useSeedHelp: 'Gives the graph the seeds of this picture and keeps them.',
  hasSeed: 'The graph has the seeds of this picture, or is not open.',
  seedUsed: (graph: string) => `${graph} has the seeds of this picture now.`,
  compare: 'Compare with the canvas',
  compareHelp: 'Puts it beside the picture that the graph on the canvas shows.',
  compareNothing: 'The graph on the canvas shows no picture.',
  mark: 'Mark to compare',
  unmark: 'Take the mark away',
  compareWithMarked: 'Compare with the marked one',
  compareBoth: 'Compare the two',
  onCanvas: 'On the canvas',
  madeAgain: 'Made again',
  marked: 'Marked. Choose another picture and compare the two.',
  save: 'Save the picture',
  copy: 'Copy the picture',
  copied: 'The picture is copied.',
  star: 'Star',
  unstar: 'Take the star away',
  delete: 'Delete',
  more: 'Details',
  back: 'Back to all pictures',
  previous: 'Previous picture',
  next: 'Next picture',
  deleted: (count: number) => `Deleted ${countWords(count, 'picture')}.`,
  undo: 'Undo',
  gone: 'The bytes of this picture are not in this browser any more.',

  // What is known of it.
  facts: 'About this picture',
  made: 'Made',
  seed: 'Seed',
  sizeOf: (width: number, height: number) => `${width} × ${height}`,
  device: 'Device',
  version: 'Weft',
  took: 'Took',
  outcome: { done: 'Done', failed: 'A part of the run failed', cancelled: 'Stopped before its end' },
  outcomeTitle: 'Run',
  hash: 'Pixels',
  models: 'Models',
  noHash: 'hash not known',
  times: 'Time per node',
  cached: 'cached',
  time: durationWords,

  // Running it again.
  again: 'Run again and compare',
  againHelp: 'Computes everything anew with the same graph and seeds, and compares each pixel. Nothing is saved by it.',
  againWaits: 'Waits for the engine',
  againRuns: (done: number, of: number) => (of > 1 ? `Running again, ${done} of ${of}` : 'Running again'),
  stop: 'Stop',
  identical: (pixels: number) => `Identical: all ${number(pixels)} pixels are the same.`,
  differs: (differ: number, pixels: number, most: number) =>
    `${number(differ)} of ${number(pixels)} pixels differ, by at most ${most} of 255.`,
  otherSize: (before: string, now: string) => `It was ${before} and is ${now} now.`,
  otherDevice: (before: string, now: string) =>
    `It was made on ${before}, and this is ${now}: devices round differently.`,
  resumed: (step: number) =>
    `It came from a run that went on from step ${step} of an earlier one; from the start its graph makes another picture.`,
  otherVersion: (before: string, now: string) => `It was made with Weft ${before}, and this is ${now}.`,
  otherModel: (name: string) => `The model ${name} has other content now.`,
  noReason:
    'Device, models and version are the same. Another version of the browser or of a driver can round differently.',
  notMade: 'The run made no picture at this node.',
  stopped: 'Stopped before the picture was made.',
  graphGone: 'The run of this picture is not in this browser any more.',

  // How much is kept.
  uses: (pictures: number, bytes: number) =>
    pictures === 0 ? 'Nothing is kept yet.' : `${countWords(pictures, 'picture')} take ${sizeWords(bytes)}.`,
  starredStay: (pictures: number, bytes: number) =>
    pictures === 0
      ? 'Star a picture to keep it for good.'
      : pictures === 1
        ? `1 of them has a star (${sizeWords(bytes)}) and stays.`
        : `${number(pictures)} of them have a star (${sizeWords(bytes)}) and stay.`,
  free: (bytes: number) => `Delete all without a star, ${sizeWords(bytes)}`,
  keepPictures: 'Keep at most',
  keepBytes: 'and at most',
  pictureCount: (pictures: number) => `${number(pictures)} pictures`,
  bytes: sizeWords,
  rule: 'Where there are more, the oldest without a star go first. What has a star is never removed.',
  room: (used: number, quota: number) =>
    `${sizeWords(used)} of the ${sizeWords(quota)} that the browser gives are used.`,

  // What goes wrong.
  full: 'This picture could not be kept: the browser has no room left.',
  fullCure:
    'The run is not affected and nothing old was removed. Delete pictures in History, or models that you no longer use.',
  notKept: 'This picture could not be kept in the history.',
  notKeptCure: (reason: string) => `${reason} The run is not affected. Save the picture to a file to keep it.`,
});
