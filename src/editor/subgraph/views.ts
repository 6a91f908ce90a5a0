import { currentView, showView, type View } from '../canvas/view';
import { documentStore } from '../state/document-store';

/** Where the user looked in what is not shown at the moment: graphs while a subgraph is open, and subgraphs. By their ids. */
const views = new Map<string, View>();

documentStore.subscribe(({ document, history }, before) => {
  if (document.id === before.document.id || history.document.id !== before.history.document.id) return;
  const view = currentView();
  if (view) views.set(before.document.id, view);
  showView(views.get(document.id));
});

/** Where the user looks at the graph, or looked before a subgraph was opened. */
export function graphView(): View | undefined {
  const { history, path } = documentStore.getState();
  return path.length ? (views.get(history.document.id) ?? history.document.view) : currentView();
}
