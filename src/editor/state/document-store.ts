import { createStore } from 'zustand/vanilla';
import { type Document, emptyDocument } from '../../core/document';
import { type Graph, graphOf } from '../../core/graph';
import { ProblemError } from '../../core/problem';
import { newDocumentId } from '../document/ids';
import type { Recipe } from '../document/recipe';
import { follow, insideOf, type Path, within } from '../document/subgraph-inside';
import { notify, notifyFailure } from '../notify';
import { showDefinitions } from '../registry';
import { common } from '../text/common';
import { keeping as words } from '../text/keeping';
import { type History, historyOf, perform, redone, undone } from './history';
import { isFollowed } from './keeping-store';

interface DocumentState {
  /** Of the whole graph. */
  readonly history: History;
  /** The instances that were opened to get to what is shown; empty where that is the graph itself. */
  readonly path: Path;
  /** What is shown: the graph, or the inside of a subgraph as a graph of its own. */
  readonly document: Document;
  /** The same with its neighbours at hand. */
  readonly graph: Graph;
  /** The whole graph as it was last written to a file, or read from one. */
  readonly inFile: Document | undefined;
}

/** What is to be seen of a graph, at the end of a path that leads as far as it can. */
function stateOf(history: History, wanted: Path) {
  const { path, subgraph } = follow(history.document, wanted);
  const document = insideOf(history.document, path);
  showDefinitions(history.document, subgraph?.id);
  return { history, path, document, graph: graphOf(document) };
}

export const documentStore = createStore<DocumentState>(() => ({
  ...stateOf(historyOf(emptyDocument(newDocumentId(), common.untitled)), []),
  inFile: undefined,
}));

const move = (step: (history: History) => History, path: Path) => {
  const { history, path: shown } = documentStore.getState();
  if (isFollowed(history.document.id)) {
    notify({ tone: 'warning', title: words.refusedTitle, text: words.refusedText });
    // What was dragged goes back to its place.
    const { document } = history;
    documentStore.setState(stateOf(historyOf({ ...document, nodes: [...document.nodes] }), shown));
    return;
  }
  try {
    const next = step(history);
    if (next !== history) documentStore.setState(stateOf(next, path));
  } catch (thrown) {
    if (!(thrown instanceof ProblemError)) throw thrown;
    notifyFailure(thrown);
  }
};

/** Changes what is shown. `label` names the gesture for undo: "Move 3 nodes". */
export const edit = (label: string, recipe: Recipe, gesture?: string) => {
  const { path } = documentStore.getState();
  move((history) => perform(history, label, within(path, recipe), gesture, path), path);
};

/** Changes the whole graph, whatever part of it is shown. */
export const editWhole = (label: string, recipe: Recipe, gesture?: string) => {
  const { path } = documentStore.getState();
  move((history) => perform(history, label, recipe, gesture, path), path);
};

export const undo = () => move(undone, documentStore.getState().history.past.at(-1)?.path ?? []);
export const redo = () => move(redone, documentStore.getState().history.future[0]?.path ?? []);

/** Shows another graph, with what was done to it. */
export const showHistory = (history: History, inFile: Document | undefined, path: Path = []) =>
  documentStore.setState({ ...stateOf(history, path), inFile });

/** Shows the inside of a subgraph of the graph, or the graph itself again. */
export const showInside = (path: Path) => {
  const { history, path: before } = documentStore.getState();
  if (path.join('/') !== before.join('/')) documentStore.setState(stateOf(history, path));
};

export const markInFile = () => documentStore.setState(({ history }) => ({ inFile: history.document }));

/** What is shown: the graph, or the inside of a subgraph. */
export const currentDocument = (): Document => documentStore.getState().document;

/** The whole graph: what is run, kept and saved. */
export const wholeDocument = (): Document => documentStore.getState().history.document;
