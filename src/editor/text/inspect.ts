import { countWords } from './count-words';

import { wordsOf } from './words-of';

/** What the views of values say. */
export const inspect = wordsOf('inspect', {
  // Around a value.
  value: 'Value',
  values: 'Values of the run',
  lastRun: 'Last run',
  nothingRun: 'Nothing is kept yet. Run the graph, and every value of it is here.',
  stepName: 'Step',
  notSaved: (kind: string) => `A ${kind} cannot be saved as a file.`,
  notAs: (kind: string, format: string, formats: string) =>
    `A ${kind} cannot be saved as ${format}, but as ${formats}.`,
  from: (port: string, node: string) => `${port.replace(/^./, (first) => first.toUpperCase())} of ${node}`,
  pins: 'Pinned',
  pin: 'Pin',
  unpinHelp: 'Lets it go.',
  unpin: (title: string) => `Unpin ${title}`,
  pinned: 'Keeps it here while you look at others, also when the graph runs again.',
  larger: 'Look at it large',
  save: 'Save',
  saveAs: (format: string) => `Save as ${format}`,
  compare: 'Compare',
  compareWith: (title: string) => `Compare with ${title}`,
  compareHint: 'Pin a value of the same kind to compare with.',
  loading: 'Fetching the value…',
  close: 'Close',
  notRun: 'Nothing came along here yet. Run the graph, then look again.',
  stale: 'The graph was changed since: this is the value of the last run.',
  notMade: 'The last run made no value here.',
  notKept: 'The last run did not keep this value.',
  notWired: 'No wire comes to this input.',
  step: (at: number, of: number) => `step ${at} of ${of}`,
  item: 'Item',
  picture: 'Picture',
  previous: (what: string) => `Previous ${what}`,
  next: (what: string) => `Next ${what}`,
  place: (at: number, of: number) => `${at} of ${of}`,

  // Statistics.
  whole: 'Whole tensor',
  mean: 'mean',
  std: 'std',
  least: 'min',
  most: 'max',
  bad: 'NaN, Inf',
  hash: 'SHA-256',
  notFinite: (nan: number, infinite: number) => `${nan} NaN and ${infinite} infinite numbers are drawn in magenta.`,
  channel: (at: number) => `channel ${at}`,
  channelSays: (name: string, mean: string, std: string, min: string, max: string) =>
    `${name}: mean ${mean}, std ${std}, from ${min} to ${max}`,
  histogram: (name: string, low: string, high: string, mean: string) =>
    `Histogram of ${name} from ${low} to ${high}, mean ${mean}`,
  at: (x: number, y: number) => `${x}, ${y}`,
  explore: 'Point at it, or use the arrow keys, to read the numbers of a place.',
  bar: (low: string, high: string) => `Colours from ${low} to ${high}`,

  // Latents.
  projection: 'RGB projection',
  decoded: 'Decoded',
  decoding: 'Decoding…',
  cannotDecode: 'No VAE that decodes this stands in the graph.',
  channels: 'Channels',
  projectionSays: (size: string) => `RGB projection of the latent, ${size}`,
  decodedSays: (size: string) => `The latent through the VAE, ${size}`,
  predictionType: (type: string) =>
    ({ epsilon: 'the noise', v_prediction: 'the velocity', sample: 'the picture' })[type] ?? type,
  predicts: 'The UNet tells',

  // Pictures.
  pictureSays: (size: string) => `Picture, ${size}`,
  maskSays: (size: string) => `Mask, ${size}`,
  zoom: 'Zoom',
  fit: 'Fit',
  colours: ['red', 'green', 'blue'] as readonly string[],
  mask: 'mask',
  repainted: (share: string) => `${share} of it is repainted.`,

  // Conditioning.
  tokens: (count: number, width: number) => `${countWords(count, 'token')} × ${width}`,
  norms: 'Norm per token',
  token: 'token',
  begin: 'start',
  end: 'end',
  entry: (at: number, of: number) => `Entry ${at} of ${of}`,
  during: (from: number, to: number, of: number) => `Holds for steps ${from} to ${to} of ${of}.`,
  control: (title: string, strength: string) => `${title}, strength ${strength}`,
  similarityTo: (title: string) => `Cosine with ${title}`,
  ownSimilarity: 'Cosine between its own tokens',
  cosine: (a: string, b: string, value: string) => `${a} and ${b}: ${value}`,
  samePlace: 'Cosine of the tokens at the same place',
  pinOther: 'Pin another conditioning to see how alike the two prompts are.',
  matrixSays: (rows: number, columns: number, low: string, high: string) =>
    `${rows} × ${columns} cosines from ${low} to ${high}`,
  otherWidth: 'The pinned conditioning has another width.',

  // Schedules.
  sigmas: 'Sigma',
  timesteps: 'Timestep',
  sigmasSays: (count: number, from: string, to: string) =>
    `Sigma over ${countWords(count, 'evaluation')}, from ${from} to ${to}`,
  timestepsSays: (count: number, from: string, to: string) =>
    `Timestep over ${countWords(count, 'evaluation')}, from ${from} to ${to}`,
  table: 'The sampler’s table',
  exploreSteps: 'Point at it, or use the arrow keys, to read the number of a step.',
  reads: (step: number, name: string, value: string) => `step ${step}: ${name} ${value}`,
  startScale: (value: string) => `Pure noise is multiplied by ${value} before the first step.`,
  draws: 'draws noise',
  thisStep: 'The row of this step',
  evaluation: 'step',
  formulaNext: 'x′',

  // The others.
  latents: (count: number) => countWords(count, 'latent'),
  atStep: (at: number) => `Step ${at}`,
  none: 'nothing',
  yes: 'yes',
  no: 'no',
  characters: (count: number) => countWords(count, 'character'),
  vectors: (count: number, width: number) => `${countWords(count, 'vector')} × ${width}`,
  size: 'size',
  vectorNorms: 'Norm per vector',
  vector: (at: number) => `Vector ${at}`,
  nearest: 'Nearest words',
  noEncoder: 'Wire it to a text encoder to see which words it is near.',
  strength: 'strength',
  layers: (count: number) => countWords(count, 'layer'),
  facts: 'What it is',
});
