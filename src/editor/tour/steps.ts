import { registry } from '../registry';
import { documentStore } from '../state/document-store';
import { uiStore } from '../state/ui-store';
import { tour } from '../text/tour';

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
    title: tour.prompt.title,
    text: tour.prompt.text,
    node: prompt,
    anchor: () => element(prompt()),
  },
  {
    title: tour.run.title,
    text: tour.run.text,
    anchor: () => document.querySelector('[data-tour=run]'),
  },
  {
    title: tour.inside.title,
    text: tour.inside.text,
    node: screen,
    anchor: () => element(screen()),
  },
  {
    title: tour.templates.title,
    text: tour.templates.text,
    anchor: () =>
      document.querySelector(uiStore.getState().palette ? '[data-tour=templates]' : 'header button[aria-label=Menu]'),
  },
];
