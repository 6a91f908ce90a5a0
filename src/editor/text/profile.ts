import { sizeWords } from '../models/size-words';
import { durationWords } from '../words';
import { countWords } from './count-words';
import { wordsOf } from './words-of';

/** How a run spent its time and its memory. */
export const profile = wordsOf('profile', {
  title: 'Profile',
  close: 'Close',
  none: 'No run was profiled yet. A profile shows where the time of a run goes, and which node holds how much memory.',
  runNow: 'Run with profile',
  always: 'Profile every run',
  busy: 'Running…',
  export: 'Save as JSON',
  exportHelp: 'A trace that ui.perfetto.dev and chrome://tracing open.',
  summary: (graph: string, milliseconds: number, device: string) =>
    `${graph}, ${durationWords(milliseconds)} on ${device}`,
  chart: 'Where the time went',
  chartKeys:
    'Arrow keys go from bar to bar, plus and minus zoom, Enter fills the width with a bar, 0 shows the whole run. The tables below say the same.',
  larger: 'Zoom in',
  smaller: 'Zoom out',
  whole: 'Whole run',
  step: (number: string) => `step ${number}`,
  kinds: {
    step: 'Step',
    node: 'Node',
    session: 'Network',
    load: 'Loading',
    'warm-up': 'First run',
    read: 'Reading back',
  },
  memory: (most: number) => `Tensors, ${sizeWords(most)} at most`,
  bar: (kind: string | undefined, name: string, milliseconds: number, share: number) =>
    `${kind ? `${kind} ${name}` : name}: ${durationWords(milliseconds)}, ${(100 * share).toPrecision(2)} % of the run`,
  takes: (bytes: number) => sizeWords(bytes),
  forNode: (title: string) => `for ${title}`,
  nodes: 'Nodes',
  networks: 'Networks',
  name: 'Name',
  runs: 'Runs',
  time: 'Time',
  share: 'Share',
  inNetworks: 'In networks',
  loading: 'Loading',
  most: 'Memory at most',
  each: 'Each',
  weights: 'Weights',
  percent: (share: number) => `${(100 * share).toFixed(1)} %`,
  duration: durationWords,
  weightsHeld: (bytes: number) => `Sessions hold ${sizeWords(bytes)} of weights.`,
  queued:
    'On a graphics adapter a network runs while the next is prepared: its bar ends when the one before it is computed.',
  leftOut: (count: number) => `${countWords(count, 'span')} more were too many to be kept.`,
  cached: 'Only what changed ran; the rest was in the cache.',
});
