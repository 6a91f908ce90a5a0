import type { Document } from '../../core/document';
import { migrateNodes } from '../../core/migrate';
import { database, openDatabase, watchBlocked } from '../../storage/database';
import { createDesk } from '../../storage/desk/desk';
import type { Role } from '../../storage/desk/sheet';
import { newDocumentId } from '../document/ids';
import { sameContent } from '../document/replace';
import { notify } from '../notify';
import { registry } from '../registry';
import type { History } from '../state/history';
import { keepingStore, setFollowed } from '../state/keeping-store';
import { historyOfOpen, isOpen, openTab, replaceOpen } from '../state/tabs';
import { keeping as words } from '../text/keeping';

/** What was done to graphs that another page took over: undo goes on where nobody changed them meanwhile. */
const histories = new Map<string, History>();

/** What another page keeps may be of an older Weft. */
const newest = (document: Document): Document => migrateNodes(document, registry).document;

const onFollowed = (id: string, document: Document) => replaceOpen(id, newest(document));

function onRole(id: string, role: Role, kept: Document) {
  if (!isOpen(id)) return;
  const document = newest(kept);
  const history = historyOfOpen(id);
  if (role === 'follows') {
    if (history && !keepingStore.getState().followed.has(id)) {
      histories.set(id, history);
      notify({ tone: 'warning', title: words.tookOver(document.name), text: words.tookOverText });
    }
    setFollowed(id, true);
    replaceOpen(id, document);
    return;
  }
  const before = histories.get(id);
  histories.delete(id);
  replaceOpen(id, document, before && sameContent(before.document, document) ? before : undefined);
  setFollowed(id, false);
  desk.keep(document);
}

/** What this page did and could not keep before another one took over: a graph of its own. */
function onCutOff(document: Document) {
  const copy = { ...document, id: newDocumentId(), name: words.cutOffName(document.name).slice(0, 200) };
  openTab(copy);
  desk.adopt(copy);
  notify({ tone: 'warning', title: words.cutOff(document.name), text: words.cutOffText });
}

/** Where the open graphs of this page are kept. */
export const desk = createDesk({
  open: database,
  atHand: openDatabase,
  locks: typeof navigator.locks?.request === 'function' ? navigator.locks : undefined,
  channel: typeof BroadcastChannel === 'function' ? new BroadcastChannel('weft') : undefined,
  onKeeping: (id, keeping) => {
    if ((keepingStore.getState().keeping[id] ?? 'kept') === keeping) return;
    keepingStore.setState((state) => ({ keeping: { ...state.keeping, [id]: keeping } }));
  },
  onTrouble: (trouble) => {
    keepingStore.setState({ trouble: trouble?.problem });
    if (!trouble) notify({ tone: 'done', title: words.keptAgain });
  },
  onFollowed,
  onRole,
  onCutOff,
});

watchBlocked(desk.hindered);

/** So much was done that losing it would hurt. */
const worth = 20;

let edits = 0;

/** Asks the browser, once and when there is something to lose, not to clear what this site holds. Some browsers ask the user. */
export async function askForGood() {
  edits += 1;
  if (edits !== worth || !navigator.storage?.persist || (await navigator.storage.persisted())) return;
  await navigator.storage.persist();
}

addEventListener('beforeunload', (event) => {
  // Only what cannot be kept is lost with the page.
  if (keepingStore.getState().trouble) event.preventDefault();
});

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') void desk.settle();
});
