import { type Document, emptyDocument, limits, parseDocument, writeDocument } from '../../core/document';
import { migrateNodes } from '../../core/migrate';
import { changeEntry, type DocumentEntry, forgetDocuments, isKept } from '../../storage/documents';
import { newDocumentId } from '../document/ids';
import { partsOf } from '../document/parts';
import { replaceContent } from '../document/replace';
import { stopRunOf } from '../engine/client';
import { desk } from '../keeping/desk';
import { keepVersion } from '../keeping/versions';
import { notify, notifyFailure } from '../notify';
import { registry } from '../registry';
import { documentStore, editWhole, markInFile, wholeDocument } from '../state/document-store';
import { isFollowed, setFollowed } from '../state/keeping-store';
import { closeTab, isOpen, openDocument, openTab, showTab } from '../state/tabs';
import { graphView } from '../subgraph/views';
import { common } from '../text/common';
import { files } from '../text/files';
import { keeping as words } from '../text/keeping';
import { download } from './download';

/** The graph with where the user looks at it, as files and this browser keep it. */
export function withView(document: Document): Document {
  const view = graphView();
  if (!view) return document;
  const kept = desk.current(document.id)?.view;
  const same = kept && kept.zoom === view.zoom && kept.at[0] === view.at[0] && kept.at[1] === view.at[1];
  return { ...document, view: same ? kept : view };
}

/** Keeps where the user looks, which is not part of what undo takes back. */
export const keepView = () => desk.keep(withView(wholeDocument()));

/** Brings a graph to the newest versions of its nodes, and tells so unless it is done in silence. */
export function migrated(document: Document, silent = false): Document {
  const { document: current, changed } = migrateNodes(document, registry);
  if (changed.length && !silent) notify({ tone: 'done', title: files.updated(common.nodes(changed.length)) });
  return current;
}

/** True for a graph that nothing was done with. */
const isBlank = (): boolean => {
  const { history } = documentStore.getState();
  const { document } = history;
  return history.past.length === 0 && document.nodes.length === 0 && document.frames.length === 0;
};

/** Shows a graph in a tab of its own; an empty one that nothing was done with makes room. */
function showOpened(document: Document, inFile?: Document) {
  const blank = isBlank() ? wholeDocument().id : undefined;
  openTab(document, inFile);
  if (blank === undefined || blank === document.id) return;
  closeTab(blank);
  void forget(blank).catch(notifyFailure);
}

/** Lets go of a graph that is nothing but empty. */
async function forget(id: string) {
  const mine = desk.role(id) === 'edits';
  await desk.close(id);
  if (mine) await desk.whileFree(id, () => forgetDocuments([id]));
}

/** Opens a graph that is new in this browser. */
export function openNew(document: Document, inFile = false) {
  const current = migrated(document);
  desk.adopt(current);
  showOpened(current, inFile ? current : undefined);
}

/** Takes in a graph that is kept, for a tab; undefined when none is kept under the id. */
export async function takeIn(id: string): Promise<Document | undefined> {
  const opened = await desk.open(id);
  if (!opened) return undefined;
  const { document, role } = opened;
  setFollowed(id, role === 'follows');
  const current = migrated(document);
  if (current === document || role === 'follows') return current;
  await keepVersion(document, { is: 'before', label: files.update });
  desk.keep(current);
  return current;
}

export const untitled = () => emptyDocument(newDocumentId(), common.untitled);

export const newGraph = () => openNew(untitled());

/** Opens a copy of a template: it is a graph of its own from the start. */
export const openTemplate = (template: Document) => openNew({ ...template, id: newDocumentId() });

/** Closes a graph; unless it is empty, it stays in this browser. Where it was the only one, an empty graph takes its place. */
export function closeGraph(id: string) {
  const document = openDocument(id);
  stopRunOf(id);
  if (!closeTab(id)) {
    const next = untitled();
    desk.adopt(next);
    openTab(next);
    closeTab(id);
  }
  const empty = document && partsOf(document).length === 0;
  void (empty ? forget(id) : desk.close(id)).catch(notifyFailure);
  setFollowed(id, false);
}

export async function openKept({ id }: Pick<DocumentEntry, 'id'>) {
  if (isOpen(id)) return showTab(id);
  try {
    const document = await takeIn(id);
    if (document) showOpened(document);
  } catch (thrown) {
    notifyFailure(thrown);
  }
}

/** Opens a graph file. One that is open or kept already is changed to what is in the file, which can be undone. */
export async function openGraphFile(file: Blob) {
  try {
    const document = parseDocument(await file.text());
    const { id, name } = document;
    if (!isOpen(id)) {
      if (!(await isKept(id))) return openNew(document, true);
      await changeEntry(id, { trashed: undefined });
      // What is kept may be unreadable; it stays as it is.
      const kept = await takeIn(id).catch(() => undefined);
      if (kept) showOpened(kept);
    }
    if (!isOpen(id) || isFollowed(id))
      return openNew({ ...document, id: newDocumentId(), name: words.fileCopy(name).slice(0, limits.text) });
    showTab(id);
    await keepVersion(wholeDocument(), { is: 'before', label: files.openFile });
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
