import { type Document, emptyDocument, limits, parseDocument, writeDocument } from '../../core/document';
import { migrateNodes } from '../../core/migrate';
import { type DocumentEntry, forgetDocument, keepDocument, keptDocument, keptDocuments } from '../../storage/documents';
import { newDocumentId } from '../document/ids';
import { partsOf } from '../document/parts';
import { replaceContent } from '../document/replace';
import { stopRunOf } from '../engine/client';
import { notify, notifyFailure } from '../notify';
import { registry } from '../registry';
import { documentStore, editWhole, markInFile, wholeDocument } from '../state/document-store';
import { closeTab, isOpen, openDocument, openTab, showTab, tabsStore } from '../state/tabs';
import { graphView } from '../subgraph/views';
import { common } from '../text/common';
import { files } from '../text/files';
import { offerTour } from '../tour/tour-store';
import { download } from './download';

/** What waits for the write that goes on, by id: later states of a graph replace earlier ones. */
const waiting = new Map<string, Document>();
let writing: Promise<void> | undefined;

async function write() {
  try {
    for (let [next] = waiting.values(); next; [next] = waiting.values()) {
      waiting.delete(next.id);
      await keepDocument(next);
    }
  } catch (thrown) {
    notify({
      tone: 'failure',
      title: files.notKept,
      text: files.notKeptHint(thrown instanceof Error ? thrown.message : String(thrown)),
    });
  } finally {
    writing = undefined;
  }
}

/** The graph with where the user looks at it, as files and this browser keep it. */
function withView(document: Document): Document {
  const view = graphView();
  return view ? { ...document, view } : document;
}

/** Keeps every state of the graph in this browser. Resolves when the last one is written. */
function autosave(document: Document): Promise<void> {
  waiting.set(document.id, withView(document));
  writing ??= write();
  return writing;
}

/** Keeps where the user looks, which is not part of what undo takes back. */
export const keepView = () => autosave(wholeDocument());

/** Brings a graph to the newest versions of its nodes, and tells so. */
function migrated(document: Document): Document {
  const { document: current, changed } = migrateNodes(document, registry);
  if (changed.length) notify({ tone: 'done', title: files.updated(common.nodes(changed.length)) });
  return current;
}

/** True for a graph that nothing was done with. */
const isBlank = (): boolean => {
  const { history } = documentStore.getState();
  const { document } = history;
  return history.past.length === 0 && document.nodes.length === 0 && document.frames.length === 0;
};

/** Opens a graph in a tab of its own; an empty one that nothing was done with makes room. */
function open(document: Document, inFile: boolean) {
  const current = migrated(document);
  const blank = isBlank() ? wholeDocument().id : undefined;
  openTab(current, inFile ? current : undefined);
  if (blank !== undefined && blank !== current.id) {
    closeTab(blank);
    void forgetDocument(blank).catch(notifyFailure);
  }
  void autosave(current);
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

function keepTabs() {
  try {
    localStorage.setItem(tabsKey, JSON.stringify({ order: tabsStore.getState().order, shown: wholeDocument().id }));
  } catch {
    // Storage is off; the tabs last until the page is closed.
  }
}

/** Opens what was open last; at the first start, the first template. */
export async function restoreSession() {
  try {
    const { order, shown } = keptTabs();
    const [last] = await keptDocuments();
    for (const id of order.length || !last ? order : [last.id]) {
      // One that can no longer be read must not keep the others from opening.
      const document = await keptDocument(id).catch(notifyFailure);
      if (document) openTab(migrated(document));
    }
    if (shown !== undefined) showTab(shown);
  } catch (thrown) {
    notifyFailure(thrown);
  }
  if (tabsStore.getState().order.length === 0) {
    const { firstTemplate } = await import('../templates/templates');
    open(firstTemplate() ?? untitled(), false);
    offerTour();
  }
  keepTabs();
  tabsStore.subscribe(({ order }, before) => {
    if (order !== before.order) keepTabs();
  });
  documentStore.subscribe(({ history: { document } }, { history: before }) => {
    if (document.id !== before.document.id) keepTabs();
    else if (document !== before.document) void autosave(document);
  });
}

const untitled = () => emptyDocument(newDocumentId(), common.untitled);

export const newGraph = () => open(untitled(), false);

/** Opens a copy of a template: it is a graph of its own from the start. */
export const openTemplate = (template: Document) => open({ ...template, id: newDocumentId() }, false);

/** Closes a graph; unless it is empty, it stays in this browser. Where it was the only one, an empty graph takes its place. */
export function closeGraph(id: string) {
  const document = openDocument(id);
  stopRunOf(id);
  if (!closeTab(id)) {
    openTab(untitled());
    closeTab(id);
  }
  if (!document || partsOf(document).length > 0) return;
  waiting.delete(id);
  void (writing ?? Promise.resolve()).then(() => forgetDocument(id)).catch(notifyFailure);
}

export async function openKept({ id }: Pick<DocumentEntry, 'id'>) {
  if (isOpen(id)) return showTab(id);
  try {
    const document = await keptDocument(id);
    if (document) open(document, false);
  } catch (thrown) {
    notifyFailure(thrown);
  }
}

/** Keeps a copy of a graph beside it. */
export async function duplicateKept({ id, name }: DocumentEntry) {
  try {
    const document = openDocument(id) ?? (await keptDocument(id));
    if (document)
      await keepDocument({
        ...document,
        id: newDocumentId(),
        name: `${name || common.untitled}, copy`.slice(0, limits.text),
      });
  } catch (thrown) {
    notifyFailure(thrown);
  }
}

/** Deletes a graph from this browser, with a way back. `after` is called when the list of graphs has changed. */
export async function deleteKept({ id, name }: DocumentEntry, after: () => void) {
  try {
    closeGraph(id);
    waiting.delete(id);
    await writing;
    const bringBack = await forgetDocument(id);
    notify({
      tone: 'warning',
      title: files.deleted(name || common.untitled),
      action: { label: common.undo, run: () => void bringBack().then(after, notifyFailure) },
    });
    after();
  } catch (thrown) {
    notifyFailure(thrown);
  }
}

/** Opens a graph file. One that is open already is changed to what is in the file, which can be undone. */
export async function openGraphFile(file: Blob) {
  try {
    const document = parseDocument(await file.text());
    if (!isOpen(document.id)) return open(document, true);
    showTab(document.id);
    editWhole(files.openFile, replaceContent(migrated(document)));
    markInFile();
  } catch (thrown) {
    notifyFailure(thrown);
  }
}

/** The name of the file that Save makes: "Neon train" becomes `neon-train.weft.json`. */
function graphFileName(name: string): string {
  const stem = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
  return `${stem || 'untitled'}.weft.json`;
}

export function saveGraphFile() {
  const document = withView(wholeDocument());
  const name = graphFileName(document.name);
  download(new Blob([writeDocument(document)], { type: 'application/json' }), name);
  markInFile();
  notify({ tone: 'done', title: files.savedTo(name), text: files.savedHint });
}
