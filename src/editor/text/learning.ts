import { wordsOf } from './words-of';

/** What nodes that learn tell on their way. */
export const learning = wordsOf('learning', {
  title: 'Learning',
  later: 'Loss and pictures appear here.',
  expected: (time: string) => `About ${time}, as last time.`,
  needs: (memory: string) => `It needs about ${memory} of memory.`,
  needsHow: (memory: string, how: string) => `It needs about ${memory} of memory: it ${how}.`,
  preparing: (memory: string) => `Needs ${memory}. Preparing…`,
  curve: (loss: string, step: number) => `Loss ${loss} after ${step} steps`,
  loss: (loss: string) => `loss ${loss}`,
  lossAt: (step: number, loss: string) => `step ${step}: ${loss}`,
  each: (time: string) => `${time} a step`,
  left: (time: string) => `${time} left`,
  step: (step: number, of: number) => `Step ${step} of ${of}`,
  after: (step: number) => `after ${step}`,
  sample: (step: number) => `Drawn after ${step} steps`,
  goesOn: 'Pause, stop or close the page as you like: what was learned is kept, and the next run goes on from there.',
  long: (time: string) =>
    `About ${time} on this device. Pause, stop or close the page as you like: what was learned is kept, and the next run goes on from there.`,
  unkept:
    'There is no room in this browser to keep how far it is. Leave the page open, or end it here and save what it has learned.',
  enough: 'Enough: use what it has learned',
  enoughHelp: 'Ends the lesson at this step, which becomes its number of steps, and goes on with the graph.',
  enoughGesture: 'End a lesson early',
});
