import { createStore } from 'zustand/vanilla';
import { type Document, emptyDocument } from '../../core/document';
import { type Graph, graphOf } from '../../core/graph';
import { newDocumentId } from '../document/ids';
import type { Recipe } from '../document/recipe';
import { type History, historyOf, perform, redone, undone } from './history';

interface DocumentState {
  readonly history: History;
  readonly document: Document;
  /** The document with its neighbours at hand. */
  readonly graph: Graph;
  /** The document as it was last written to a file, or read from one. */
  readonly inFile: Document | undefined;
}

const stateOf = (history: History) => ({ history, document: history.document, graph: graphOf(history.document) });

export const documentStore = createStore<DocumentState>(() => ({
  ...stateOf(historyOf(emptyDocument(newDocumentId(), 'Untitled'))),
  inFile: undefined,
}));

const move = (step: (history: History) => History) => {
  const { history } = documentStore.getState();
  const next = step(history);
  if (next !== history) documentStore.setState(stateOf(next));
};

/** Changes the graph. `label` names the gesture for undo: "Move 3 nodes". */
export const edit = (label: string, recipe: Recipe, gesture?: string) =>
  move((history) => perform(history, label, recipe, gesture));

export const undo = () => move(undone);
export const redo = () => move(redone);

/** Shows another graph, with what was done to it. */
export const showHistory = (history: History, inFile: Document | undefined) =>
  documentStore.setState({ ...stateOf(history), inFile });

export const markInFile = () => documentStore.setState(({ document }) => ({ inFile: document }));

export const currentDocument = (): Document => documentStore.getState().document;
