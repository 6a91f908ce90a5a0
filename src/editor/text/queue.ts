import { wordsOf } from './words-of';

/** Runs that wait and runs that are over. */
export const queue = wordsOf('queue', {
  pictures: 'Pictures of this run',
  waiting: 'Waiting',
  done: (time: string) => `Done in ${time}`,
  failed: 'Failed',
  stopped: 'Stopped',
  useSeed: 'Use this seed',
  useSeedHelp: 'Use this seed: the next run makes this picture again.',
  useSeedGesture: 'Use the seed of a picture',
  look: (name: string) => `Look at the pictures, ${name}`,
  moveUp: 'Move up',
  moveDown: 'Move down',
  stopNow: 'Stop now',
  remove: 'Remove',
  seedsSet: 'Seeds as they are set',
  seedsRandom: 'Random seeds',
  howMany: 'How many runs',
  unit: 'runs',
  seeds: 'Seeds',
  queue: 'Queue',
  empty: 'Nothing is queued. Run adds the graph as it is now.',
  runs: 'Runs',
  stopAll: 'Stop all',
  clearFinished: 'Clear finished',
  seed: (seeds: string) => `seed ${seeds}`,
});
