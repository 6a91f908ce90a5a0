import { ProblemError, problemOf } from '../../core/problem';
import { isStorageRefused, readingProblem } from '../../storage/desk/storage-problem';
import { keptDocuments, settleJournal } from '../../storage/documents';
import { askForGood, desk } from '../keeping/desk';
import { keepVersions } from '../keeping/versions';
import { notifyFailure } from '../notify';
import { documentStore, wholeDocument } from '../state/document-store';
import { keepingStore } from '../state/keeping-store';
import { isOpen, openTab, showTab, tabsStore } from '../state/tabs';
import { keeping as words } from '../text/keeping';
import { offerTour } from '../tour/tour-store';
import { openNew, takeIn, untitled, withView } from './session';

/** Pauses before a graph is asked for again where the storage did not answer as it should; milliseconds. */
const pauses = [200, 1000];
/** The same when the user was told, doubled each time. */
const [firstPause, longestPause] = [2000, 30_000];
/** After this the user is told that the storage has not answered; milliseconds. */
const silence = 4000;

/** Several times where the storage fails: after a crash it may need a moment. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (const pause of pauses)
    try {
      return await work();
    } catch (thrown) {
      // What can be read and makes no sense does not get better.
      if (thrown instanceof ProblemError) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  return work();
}

const tabsKey = 'weft-tabs';

function keptTabs(): { order: string[]; shown: string | undefined } {
  try {
    const { order, shown } = JSON.parse(localStorage.getItem(tabsKey) ?? '{}') as Record<string, unknown>;
    return {
      order: Array.isArray(order) ? order.filter((id) => typeof id === 'string') : [],
      shown: typeof shown === 'string' ? shown : undefined,
    };
  } catch {
    return { order: [], shown: undefined }; // Not readable, or storage is off.
  }
}

/** Graphs that were open and could not be opened yet: they stay among those that were open. */
let unopened: readonly string[] = [];
/** What was open is still being opened, and is not to be forgotten. */
let opening = true;

function keepTabs() {
  if (opening) return;
  const { order } = tabsStore.getState();
  try {
    localStorage.setItem(tabsKey, JSON.stringify({ order: [...order, ...unopened], shown: wholeDocument().id }));
  } catch {
    // Storage is off; the tabs last until the page is closed.
  }
}

interface Failure {
  readonly id: string;
  readonly thrown: unknown;
}

/** Opens graphs in tabs, and says which ones could not be opened. One of them does not keep the others from opening. */
async function openAll(ids: readonly string[]): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (const id of ids)
    try {
      const document = isOpen(id) ? undefined : await patiently(() => takeIn(id));
      if (document) openTab(document);
    } catch (thrown) {
      failures.push({ id, thrown });
    }
  return failures;
}

/** Opens what was open last, or else what was changed last. True where there is nothing to open. */
async function openLast(): Promise<boolean> {
  const { order, shown } = keptTabs();
  const failures = await openAll(order);
  // What was open may be unknown, or be gone: a browser that crashed can forget the one and not the other.
  const entries =
    tabsStore.getState().order.length === 0 && failures.length === 0 ? await patiently(keptDocuments) : [];
  for (const { id } of entries.slice(0, 1)) failures.push(...(await openAll([id])));
  if (shown !== undefined) showTab(shown);
  settleFailures(failures);
  return entries.length === 0 && failures.length === 0 && tabsStore.getState().order.length === 0;
}

/** Tells what could not be opened. Where nothing else is open it stays on the page until it is, or is done without. */
function settleFailures(failures: readonly Failure[]) {
  const waits = failures.filter(({ thrown }) => !(thrown instanceof ProblemError));
  unopened = waits.map(({ id }) => id);
  const [first] = [...waits, ...failures];
  if (!first) return keepingStore.setState({ unread: undefined });
  if (tabsStore.getState().order.length > 0) {
    keepingStore.setState({ unread: undefined });
    for (const { thrown } of failures) notifyFailure(readingProblem(thrown, words.notShown));
    return;
  }
  unopened = failures.map(({ id }) => id);
  tellUnread(first.thrown, waits.length > 0);
}

let retry: ReturnType<typeof setTimeout> | undefined;
let wait = firstPause;

function tellUnread(thrown: unknown, passes: boolean) {
  keepingStore.setState({ unread: problemOf(readingProblem(thrown, words.notShown)) });
  clearTimeout(retry);
  if (!passes) return;
  retry = setTimeout(() => void openUnread(), wait);
  wait = Math.min(longestPause, 2 * wait);
}

/** Tries again to open what could not be read when the page was opened. */
export async function openUnread(): Promise<void> {
  clearTimeout(retry);
  try {
    if (unopened.length) settleFailures(await openAll(unopened));
    else if (await openLast()) await openFirst();
    // It could not be read then either.
    await import('../subgraph/fill-shelf').then(({ fillShelf }) => fillShelf());
  } catch (thrown) {
    tellUnread(thrown, true);
  }
  keepTabs();
}

async function openFirst() {
  keepingStore.setState({ unread: undefined });
  const { firstTemplate } = await import('../templates/templates');
  // Something may have been opened while that was fetched.
  if (tabsStore.getState().order.length > 0) return;
  openNew(firstTemplate() ?? untitled());
  offerTour();
}

/** Goes on with an empty graph. What could not be read stays where it is, and is tried again when the page is opened again. */
export function goOnWithout() {
  clearTimeout(retry);
  keepingStore.setState({ unread: undefined });
  if (tabsStore.getState().order.length === 0) openNew(untitled());
}

/** Keeps what is done from now on. */
function keepChanges() {
  tabsStore.subscribe(({ order, parked }, before) => {
    if (order !== before.order) keepTabs();
    for (const [id, { history, view }] of Object.entries(parked))
      if (before.parked[id] && before.parked[id].history !== history)
        desk.keep(view ? { ...history.document, view } : history.document);
  });
  documentStore.subscribe(({ history: { document } }, { history: before }) => {
    if (document.id !== before.document.id) return keepTabs();
    if (document === before.document) return;
    if (isOpen(document.id)) desk.keep(withView(document));
    else {
      // The empty graph that the page shows before any is open: with something in it, it is one like the others.
      desk.adopt(withView(document));
      tabsStore.setState(({ order }) => ({ order: [document.id, ...order] }));
    }
    void askForGood().catch(() => {});
  });
}

/**
 * Opens what was open last; at the first start, the first template. Where there is something that cannot be read, it is that which
 * the page tells, and nothing takes its place.
 */
export async function restoreSession() {
  keepChanges();
  const silent = setTimeout(() => keepingStore.setState({ unread: words.silent }), silence);
  let first = false;
  try {
    first = await openLast();
  } catch (thrown) {
    // Where pages may keep nothing, nothing was open.
    first = isStorageRefused(thrown);
    if (!first) tellUnread(thrown, true);
  }
  clearTimeout(silent);
  opening = false;
  if (first) await openFirst();
  keepTabs();
  keepVersions();
  // Where that fails the storage does, which is told already; graphs are read from the journal as well.
  void settleJournal(desk.whileFree).catch(() => {});
}
