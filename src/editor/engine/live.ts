import type { Document } from '../../core/document';
import { isInactive } from '../../engine/active';
import { staleNodes } from '../document/stale';
import { notify } from '../notify';
import { problemsNow } from '../problems/watch';
import { definitionsOf } from '../registry';
import { documentStore, wholeDocument } from '../state/document-store';
import type { History } from '../state/history';
import { isFollowed } from '../state/keeping-store';
import { runStore } from '../state/run-store';
import { uiStore } from '../state/ui-store';
import { runTools as words } from '../text/run-tools';
import { behindLessons, type Learned, withRun } from './lessons';
import { queueLive } from './queue';

/** How long after a change the graph runs, in milliseconds. */
const pause = 350;

let timer: ReturnType<typeof setTimeout> | undefined;
/** The graph before the changes that were not looked at yet. */
let since: Document | undefined;
let learned: Learned = new Map();

/** What waits for a lesson says so once, and beside Run as long as it does. */
function holdLessons(held: boolean) {
  if (held && !uiStore.getState().lessonWaits)
    notify({ tone: 'warning', title: words.lessonWaits, text: words.lessonWaitsText });
  uiStore.setState({ lessonWaits: held });
}

/** Runs what is shown, where a change made it old and nothing stands in the way. Nothing is saved by this, and no seed rolled. */
function refresh() {
  if (!uiStore.getState().live) return;
  const document = wholeDocument();
  const before = since;
  since = undefined;
  // A file that was opened over the graph is one change of it, and not one that asks for a run.
  if (before && documentStore.getState().inFile === document) return;
  // What was moved or renamed comes to the same pictures.
  if (before && staleNodes(before, document).size === 0) return;
  const definitions = definitionsOf(document);
  const { ran } = runStore.getState();
  if (ran && staleNodes(ran, document).size === 0) return;
  const shown = document.nodes.flatMap((node) => {
    const definition = definitions.get(node.type);
    return definition?.shows !== undefined && !definition.effect && !isInactive(node) ? [node.id] : [];
  });
  const held = behindLessons(document, definitions, shown, learned);
  holdLessons(held.length > 0);
  const targets = shown.filter((id) => !held.includes(id));
  if (targets.length === 0 || problemsNow(targets).found.some(({ hint }) => !hint)) return;
  queueLive(document, targets);
}

/** Whether a person changed the graph in front: undo and redo count; a graph that is opened, or comes from another page, does not. */
const isChange = (now: History, before: History): boolean =>
  now.document.id === before.document.id &&
  now.document !== before.document &&
  now.past !== before.past &&
  now.past.length + now.future.length > 0 &&
  !isFollowed(now.document.id);

let ends: readonly (() => void)[] = [];

/** Runs the graph on every change, or no longer. */
export function runOnChange(on: boolean) {
  uiStore.setState({ live: on, lessonWaits: false });
  clearTimeout(timer);
  for (const end of ends) end();
  ends = [];
  since = undefined;
  learned = withRun(new Map(), runStore.getState());
  if (!on) return;
  ends = [
    documentStore.subscribe(({ history: now }, { history: before }) => {
      if (isChange(now, before)) {
        since ??= before.document;
        clearTimeout(timer);
        timer = setTimeout(refresh, pause);
      } else if (now.document.id !== before.document.id) {
        // What was changed in the graph that is left is not what is in front when the time is over.
        clearTimeout(timer);
        since = undefined;
        learned = new Map();
        uiStore.setState({ lessonWaits: false });
      }
    }),
    runStore.subscribe((run, before) => {
      if (run.phase === 'idle' && (before.phase !== 'idle' || run.ran !== before.ran)) learned = withRun(learned, run);
    }),
  ];
  refresh();
}
