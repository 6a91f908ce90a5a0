import { countWords } from './count-words';
import { wordsOf } from './words-of';

/** The window that makes a film of pictures which are looked at. */
export const film = wordsOf('film', {
  title: 'Animate',
  close: 'Close',
  back: 'Back',
  nothing: 'Nothing to animate: open it from a sweep, from Compare, from the steps or from a trajectory.',
  pictures: (count: number) => countWords(count, 'picture'),
  making: (made: number, of: number) => `Getting the pictures, ${made} of ${of}`,
  settings: 'How it is played',
  rate: 'rate',
  rateHelp: 'Pictures a second.',
  perSecond: '1/s',
  hold: 'hold',
  holdHelp: 'How much longer the last picture stays.',
  seconds: 's',
  rewind: 'back again',
  rewindHelp: 'After the last picture it goes back to the first, one by one.',
  labels: 'labels',
  labelsHelp: 'Writes on each picture which one it is.',
  format: 'File',
  formats: { gif: 'GIF', apng: 'APNG', webp: 'WebP', mp4: 'MP4', webm: 'WebM' } as Readonly<Record<string, string>>,
  formatHelp: 'GIF plays everywhere and has 256 colours; APNG loses nothing; the others are small.',
  length: (seconds: string) => `${seconds} s long`,
  step: 'Step',
  atStep: (step: number) => `step ${step}`,
  trajectory: 'Trajectory',
  ofSteps: (view: string, zone: string) => `${view}, ${zone}`,
  fromTo: (a: string, b: string) => `${a} to ${b}`,
  stepsHelp: 'Makes a film of all steps, each through the VAE where there is one.',
});
