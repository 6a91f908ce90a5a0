import { registry } from '../registry';
import { documentStore } from '../state/document-store';
import { uiStore } from '../state/ui-store';

/** One thing that the tour speaks of. */
interface TourStep {
  readonly title: string;
  readonly text: string;
  /** The node that it is about, to be brought into view. */
  readonly node?: () => string | undefined;
  /** What it points at; undefined while that is not on the page. */
  readonly anchor: () => Element | null | undefined;
}

const nodes = () => documentStore.getState().document.nodes;
const prompt = () => nodes().find(({ type }) => type === 'text/prompt')?.id;
const screen = () => nodes().find(({ type }) => registry.get(type)?.shows !== undefined)?.id;
const element = (id: string | undefined) =>
  id === undefined ? undefined : document.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`);

/** A prompt, a run, a look inside, and where to go on. */
export const steps: readonly TourStep[] = [
  {
    title: 'Say what you want to see',
    text: 'Type what the picture shows, such as “a fox in the snow”. The model that is built in knows a few dozen things; the inspector lists its words.',
    node: prompt,
    anchor: () => element(prompt()),
  },
  {
    title: 'Run the graph',
    text: 'Everything is computed on this device; nothing is sent anywhere. What has not changed is not computed again.',
    anchor: () => document.querySelector('[data-tour=run]'),
  },
  {
    title: 'Look inside',
    text: 'Rest the pointer on a wire, or tap it, to see what went through it. A double click shows a picture large.',
    node: screen,
    anchor: () => element(screen()),
  },
  {
    title: 'Go on from a template',
    text: 'Each template is a graph that explains one idea, such as what guidance does or how a part is repainted. They open in tabs of their own.',
    anchor: () =>
      document.querySelector(uiStore.getState().palette ? '[data-tour=templates]' : 'header button[aria-label=Menu]'),
  },
];
