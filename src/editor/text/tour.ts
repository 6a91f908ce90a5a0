import { wordsOf } from './words-of';

/** The tour of four steps. */
export const tour = wordsOf('tour', {
  skip: 'Skip',
  back: 'Back',
  next: 'Next',
  done: 'Done',
  prompt: {
    title: 'Say what you want to see',
    text: 'Type what the picture shows, such as “a fox in the snow”. The model that is built in knows a few dozen things; the inspector lists its words.',
  },
  run: {
    title: 'Run the graph',
    text: 'Everything is computed on this device; nothing is sent anywhere. What has not changed is not computed again.',
  },
  inside: {
    title: 'Look inside',
    text: 'Rest the pointer on a wire, or tap it, to see what went through it. A double click shows a picture large.',
  },
  templates: {
    title: 'Go on from a template',
    text: 'Each template is a graph that explains one idea, such as what guidance does or how a part is repainted. They open in tabs of their own.',
  },
  spoken: (step: number, of: number, title: string, text: string) => `Tour, step ${step} of ${of}. ${title}. ${text}`,
  label: (step: number, of: number, title: string) => `Tour, step ${step} of ${of}: ${title}`,
  step: (step: number, of: number) => `${step} of ${of}`,
});
