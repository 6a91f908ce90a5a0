import { limits } from '../../core/document';
import { changeEntry, forgetDocuments, keepDocument, keptDocument, renameKept } from '../../storage/documents';
import type { LibraryEntry } from '../../storage/entry';
import { newDocumentId } from '../document/ids';
import { renameDocument } from '../document/nodes';
import { closeGraph } from '../files/session';
import { desk } from '../keeping/desk';
import { notify, notifyFailure } from '../notify';
import { isFollowed } from '../state/keeping-store';
import { editOpen, isOpen, openDocument } from '../state/tabs';
import { common } from '../text/common';
import { graphs as words } from '../text/graphs';

const cut = (name: string): string => name.slice(0, limits.text);

/** Does something to a graph that no page has open; tells where one has. */
async function whileFree(name: string, id: string, work: () => Promise<void>): Promise<boolean> {
  const done = await desk.whileFree(id, work);
  if (!done) notify({ tone: 'warning', title: words.openElsewhere(name), text: words.openElsewhereText });
  return done;
}

/** Keeps a copy of a graph beside it. */
export async function duplicate({ id, name, tags }: LibraryEntry): Promise<void> {
  const document = openDocument(id) ?? (await keptDocument(id));
  if (document) await keepDocument({ ...document, id: newDocumentId(), name: cut(words.copyOf(name)) }, { tags });
}

export async function rename({ id, name: before }: LibraryEntry, name: string): Promise<void> {
  if (isOpen(id) && !isFollowed(id)) {
    editOpen(id, words.renameGesture, renameDocument(cut(name)));
    await desk.settle();
  } else await whileFree(before, id, () => renameKept(id, cut(name)));
}

export const setTags = (id: string, tags: readonly string[]): Promise<void> => changeEntry(id, { tags });

/** Puts graphs into the trash, with a way back. `after` is called when the list has changed. */
export async function trash(entries: readonly LibraryEntry[], after: () => void): Promise<void> {
  const gone: LibraryEntry[] = [];
  for (const entry of entries) {
    const { id, name } = entry;
    if (isOpen(id)) {
      closeGraph(id);
      await desk.close(id);
    }
    if (await whileFree(name, id, () => changeEntry(id, { trashed: Date.now() }))) gone.push(entry);
  }
  after();
  if (gone.length === 0) return;
  const undo = () => void restore(gone).then(after, notifyFailure);
  notify({
    tone: 'warning',
    title: words.trashed(gone.map(({ name }) => name)),
    action: { label: common.undo, run: undo },
  });
}

/** Takes graphs out of the trash. */
export async function restore(entries: readonly Pick<LibraryEntry, 'id'>[]): Promise<void> {
  for (const { id } of entries) await changeEntry(id, { trashed: undefined });
}

/** Forgets graphs of the trash for good. */
export async function forgetTrash(entries: readonly LibraryEntry[]): Promise<void> {
  for (const { id, name } of entries) await whileFree(name, id, () => forgetDocuments([id]));
}
