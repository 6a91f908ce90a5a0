import { isInactive } from '../../engine/active';
import { staleNodes } from '../document/stale';
import { problemsNow } from '../problems/watch';
import { definitionsOf } from '../registry';
import { documentStore, wholeDocument } from '../state/document-store';
import { runStore } from '../state/run-store';
import { uiStore } from '../state/ui-store';
import { queueLive } from './queue';

/** How long after a change the graph runs, in milliseconds. */
const pause = 350;

let timer: ReturnType<typeof setTimeout> | undefined;

/** Runs what is shown, where a change made it old and nothing stands in the way. Nothing is saved by this, and no seed rolled. */
function refresh() {
  if (!uiStore.getState().live) return;
  const document = wholeDocument();
  const definitions = definitionsOf(document);
  const { ran } = runStore.getState();
  if (ran && staleNodes(ran, document).size === 0) return;
  const targets = document.nodes.flatMap((node) => {
    const definition = definitions.get(node.type);
    return definition?.shows !== undefined && !definition.effect && !isInactive(node) ? [node.id] : [];
  });
  if (targets.length === 0 || problemsNow(targets).found.some(({ hint }) => !hint)) return;
  queueLive(document, targets);
}

let unwatch: (() => void) | undefined;

/** Runs the graph on every change, or no longer. */
export function runOnChange(on: boolean) {
  uiStore.setState({ live: on });
  clearTimeout(timer);
  unwatch?.();
  unwatch = undefined;
  if (!on) return;
  unwatch = documentStore.subscribe(({ history: { document } }, before) => {
    if (document === before.history.document) return;
    clearTimeout(timer);
    timer = setTimeout(refresh, pause);
  });
  refresh();
}
