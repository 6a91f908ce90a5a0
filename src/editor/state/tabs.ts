import { createStore } from 'zustand/vanilla';
import type { Document } from '../../core/document';
import { currentView, showView, type View } from '../canvas/view';
import type { Recipe } from '../document/recipe';
import type { Path } from '../document/subgraph-inside';
import { documentStore, editWhole, showHistory } from './document-store';
import { type History, historyOf, perform } from './history';
import { isFollowed } from './keeping-store';
import { idleRun, type RunState, runStore } from './run-store';

/** A graph that is open and not shown: all that comes back with it. */
interface Parked {
  readonly history: History;
  readonly inFile: Document | undefined;
  readonly run: RunState;
  /** The subgraph that was open in it. */
  readonly path: Path;
  readonly view: View | undefined;
}

interface TabsState {
  /** Ids of the open graphs, from left to right. */
  readonly order: readonly string[];
  readonly parked: Readonly<Record<string, Parked>>;
}

/** The open graphs. The one that is shown is in `documentStore` and `runStore`. */
export const tabsStore = createStore<TabsState>(() => ({ order: [], parked: {} }));

const shownId = (): string => documentStore.getState().history.document.id;

/** Puts the graph that is shown aside, as it is. */
function park() {
  const id = shownId();
  if (!tabsStore.getState().order.includes(id)) return;
  const { history, inFile, path } = documentStore.getState();
  const aside = { history, inFile, path, run: runStore.getState(), view: currentView() };
  tabsStore.setState(({ parked }) => ({ parked: { ...parked, [id]: aside } }));
}

function show({ history, inFile, path, run, view }: Parked) {
  showHistory(history, inFile, path);
  runStore.setState(run, true);
  showView(view);
  tabsStore.setState(({ parked }) => {
    const { [history.document.id]: _, ...others } = parked;
    return { parked: others };
  });
}

export const isOpen = (id: string): boolean => tabsStore.getState().order.includes(id);

/** Opens a graph beside the one that is shown, and shows it. */
export function openTab(document: Document, inFile?: Document) {
  park();
  tabsStore.setState(({ order }) => {
    const rest = order.filter((id) => id !== document.id);
    const at = rest.indexOf(shownId()) + 1;
    return { order: [...rest.slice(0, at), document.id, ...rest.slice(at)] };
  });
  show({ history: historyOf(document), inFile, path: [], run: idleRun, view: document.view });
}

export function showTab(id: string) {
  const aside = tabsStore.getState().parked[id];
  if (!aside || id === shownId()) return;
  park();
  show(aside);
}

/** Closes a graph. False when it is the only one: something must take its place first. */
export function closeTab(id: string): boolean {
  const { order } = tabsStore.getState();
  const at = order.indexOf(id);
  const next = order[at + 1] ?? order[at - 1];
  if (at < 0 || next === undefined) return at < 0;
  if (id === shownId()) showTab(next);
  tabsStore.setState((state) => {
    const { [id]: _, ...parked } = state.parked;
    return { order: state.order.filter((other) => other !== id), parked };
  });
  return true;
}

/** The document of an open graph. */
export const openDocument = (id: string): Document | undefined =>
  id === shownId() ? documentStore.getState().history.document : tabsStore.getState().parked[id]?.history.document;

/** What was done to an open graph. */
export const historyOfOpen = (id: string): History | undefined =>
  id === shownId() ? documentStore.getState().history : tabsStore.getState().parked[id]?.history;

/** Shows an open graph as another page left it; with what was done to it, where that still holds. */
export function replaceOpen(id: string, document: Document, history = historyOf(document)) {
  if (id === shownId()) {
    const { inFile, path } = documentStore.getState();
    showHistory(history, inFile, path);
  } else
    tabsStore.setState(({ parked }) => {
      const aside = parked[id];
      return aside ? { parked: { ...parked, [id]: { ...aside, history } } } : {};
    });
}

/** Changes an open graph, whether it is shown or not; one that another page edits is left as it is. */
export function editOpen(id: string, label: string, recipe: Recipe, gesture?: string) {
  if (isFollowed(id)) return;
  if (id === shownId()) editWhole(label, recipe, gesture);
  else
    tabsStore.setState(({ parked }) => {
      const aside = parked[id];
      return aside
        ? { parked: { ...parked, [id]: { ...aside, history: perform(aside.history, label, recipe, gesture) } } }
        : {};
    });
}

/** Changes what is known of a graph's run, whether the graph is shown or not. One that was closed is let go. */
export function updateRun(id: string, change: (run: RunState) => Partial<RunState>) {
  if (id === shownId()) {
    runStore.setState(change(runStore.getState()));
    return;
  }
  tabsStore.setState(({ parked }) => {
    const aside = parked[id];
    return aside ? { parked: { ...parked, [id]: { ...aside, run: { ...aside.run, ...change(aside.run) } } } } : {};
  });
}
