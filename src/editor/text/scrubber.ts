import { countWords } from './count-words';
import { wordsOf } from './words-of';

/** The strip with the steps of a denoise zone, and what nodes show of a step. */
export const scrubber = wordsOf('scrubber', {
  title: 'Steps',
  named: (zone: string) => `Steps of ${zone}`,
  stepOf: (step: number, count: number) => `step ${step} of ${count}`,
  sigma: (sigma: string) => `σ ${sigma}`,
  timestep: (timestep: string) => `t ${timestep}`,
  spoken: (step: number, count: number, sigma: string | undefined) =>
    sigma === undefined ? `step ${step} of ${count}` : `step ${step} of ${count}, sigma ${sigma}`,
  first: 'First step',
  play: 'Play the steps',
  pause: 'Stop playing',
  hide: 'Hide the steps',
  leave: 'Leave the steps',
  leaveHelp: 'Nodes show no step any more.',
  hint: 'Drag, or press ← and →: every node of the zone shows what it had at that step.',
  zone: 'Zone',
  item: 'Item',
  showing: 'Showing',
  views: {
    x: { short: 'x', index: 't', help: 'The latent that goes into this step.' },
    denoised: {
      short: 'Predicted x',
      index: '0',
      help: 'The picture that is expected at the end, as it looks from this step.',
    },
    conditional: { short: 'c', index: '', help: 'What the prompt alone expects at the end.' },
    unconditional: { short: 'u', index: '', help: 'What the negative prompt alone expects at the end.' },
    difference: {
      short: 'c − u',
      index: '',
      help: 'What the prompt adds to the negative one, made strong enough to be seen.',
    },
  },
  pictureOf: (view: string, step: number) => `${view}, step ${step}`,
  resume: (step: number) => `Resume from step ${step}`,
  resumeHelp:
    'Keeps the steps before this one and runs the rest with the graph as it is now: change CFG, the prompt or anything else first.',
  resumeNot: 'What the zone needs to go on from here was not kept.',
  kept: (steps: number, size: string) => `${steps} kept · ${size}`,
  keptTitle: 'What is kept of runs',
  size: (megabytes: number) =>
    megabytes >= 1000 ? `${(megabytes / 1000).toFixed(1)} GB` : `${megabytes.toFixed(megabytes < 10 ? 1 : 0)} MB`,
  all: (size: string) => `Every value of the last run is kept: ${size}.`,
  everySo: (every: number, size: string) =>
    every === 1
      ? `Every value of the last run is kept: ${size}.`
      : `Every ${every}th step of the last run is kept whole, and small pictures of the others: ${size}.`,
  previewsOnly: (size: string) => `Only small pictures of the steps are kept: ${size}.`,
  thinned: 'All of it would have been more than there is room for.',
  leftOut: (count: number) => `${countWords(count, 'value')} had to be left out.`,
  room: (memory: string, disk: string, budget: string) =>
    `All open graphs together have ${memory} in memory and ${disk} on the disk of the browser, of ${budget}.`,
  keepEvery: 'Steps to keep',
  keepAll: 'All of them',
  keepSome: (every: number) => `Every ${every}th whole`,
  keepPreviews: 'Small pictures alone',
  memory: 'In memory',
  disk: 'On the disk',
  nextRun: 'Counts from the next run on.',
  asPictures: (step: number) => `Step ${step}, as pictures`,
  withNumbers: (step: number) => `Step ${step}, in numbers`,
  fromTo: (from: string, to: string) => `σ ${from} → ${to}`,
  table: { slot: 'slot', weight: 'weight', mean: 'mean', std: 'std', min: 'min', max: 'max' },
  terms: {
    x: (name: string) => `${name} is the latent of this step`,
    denoised: (name: string, step: number) => `${name} what was expected at step ${step}`,
    epsilon: (name: string, step: number) => `${name} the noise that was seen at step ${step}`,
    prediction: (name: string, step: number) => `${name} the answer of the UNet at step ${step}`,
    noise: (name: string) => `${name} fresh noise`,
    other: (name: string) => `${name} is kept by the sampler`,
  },
  draws: 'Fresh noise is drawn at this step.',
  drawsNot: 'No noise is drawn at this step.',
  combined: 'combined',
  notKept: 'Not kept whole at this step.',
});
