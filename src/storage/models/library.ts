import { ProblemError } from '../../core/problem';
import { database } from '../database';
import type { ModelEntry, ModelFile } from './model-entry';
import { removeStored, storedFile, storedNames, writingLock } from './stored-files';

const channelName = 'weft-models';

/** Tells all tabs and workers that the list of models is another now. */
function announce() {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage('changed');
  channel.close();
}

/** Calls back when models were added, changed or removed, here or in another tab. Returns what ends that. */
export function watchModels(onChange: () => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = onChange;
  return () => channel.close();
}

/** All models, last added first. */
export const modelEntries = async (): Promise<ModelEntry[]> =>
  (await (await database()).getAll('models')).sort((a, b) => b.added - a.added);

export const modelEntry = async (hash: string): Promise<ModelEntry | undefined> =>
  (await database()).get('models', hash);

/** Keeps a model, in place of one with the same hash; `download` is what it came by, which is done. */
export async function keepModel(entry: ModelEntry, download?: string): Promise<void> {
  const db = await database();
  const before = await db.get('models', entry.hash);
  const writing = db.transaction(['models', 'downloads'], 'readwrite');
  await Promise.all([
    writing.objectStore('models').put(entry),
    download !== undefined && writing.objectStore('downloads').delete(download),
    writing.done,
  ]);
  if (before) await removeUnnamed(before.files);
  announce();
}

/** What a person may change of a model. */
export async function changeModel(hash: string, change: Partial<Pick<ModelEntry, 'name' | 'note'>>): Promise<void> {
  const db = await database();
  const entry = await db.get('models', hash);
  if (entry) await db.put('models', { ...entry, ...change });
  announce();
}

/** Forgets a model, and removes its files unless another model has them too. Files on the disk stay as they are. */
export async function removeModel(hash: string): Promise<void> {
  const db = await database();
  const entry = await db.get('models', hash);
  await db.delete('models', hash);
  announce();
  if (entry) await removeUnnamed(entry.files);
}

/** Removes those stored files that no model and no download names. */
async function removeUnnamed(files: readonly Pick<ModelFile, 'stored'>[]) {
  const named = await namedFiles();
  for (const { stored } of files) if (stored !== undefined && !named.has(stored)) await removeStored(stored);
}

/** Stored files that a model or a download names. */
async function namedFiles(): Promise<Set<string>> {
  const db = await database();
  const files = [...(await db.getAll('models')), ...(await db.getAll('downloads'))].flatMap<{ stored?: string }>(
    (record) => record.files,
  );
  return new Set(files.flatMap(({ stored }) => stored ?? []));
}

/** The stored file with this content, if a model has one. */
export async function storedContent(sha256: string): Promise<ModelFile | undefined> {
  const entries = await (await database()).getAll('models');
  return entries.flatMap(({ files }) => files).find((file) => file.sha256 === sha256 && file.stored !== undefined);
}

/**
 * Removes what broken imports left: stored files that nothing names and nobody writes. Resolves to how many there were.
 */
export async function discardLeftovers(): Promise<number> {
  let discarded = 0;
  const before = await namedFiles();
  for (const name of (await storedNames()).filter((stored) => !before.has(stored)))
    await navigator.locks.request(writingLock(name), { ifAvailable: true }, async (lock) => {
      // Whoever wrote it may have finished since: it is named before its lock is free.
      if (!lock || (await namedFiles()).has(name)) return;
      await removeStored(name);
      discarded++;
    });
  return discarded;
}

/** A file of a model, for reading. */
export interface OpenedFile {
  readonly path: string;
  readonly blob: File;
}

async function onDisk(handle: NonNullable<ModelEntry['handle']>, path: string): Promise<File> {
  if (handle.kind === 'file') return (handle as FileSystemFileHandle).getFile();
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  let folder = handle as FileSystemDirectoryHandle;
  for (const part of parts) folder = await folder.getDirectoryHandle(part);
  return (await folder.getFileHandle(name)).getFile();
}

async function openFile(entry: ModelEntry, file: ModelFile): Promise<File> {
  const blob =
    file.stored === undefined
      ? entry.handle && (await onDisk(entry.handle, file.path).catch(() => undefined))
      : await storedFile(file.stored);
  if (!blob)
    throw new ProblemError({
      what:
        file.stored === undefined
          ? `The file ${file.path} of ${entry.name} is no longer where it was on the disk.`
          : `The file ${file.path} of ${entry.name} is no longer in this browser; it may have cleared its storage.`,
      cure: 'Add the model again in Models.',
    });
  if (blob.size !== file.size || (file.modified !== undefined && file.modified !== blob.lastModified))
    throw new ProblemError({
      what: `The file ${file.path} of ${entry.name} has changed since it was added.`,
      cure: 'Add it again in Models, so that graphs know it by its new content.',
    });
  return blob;
}

/** Whether a model may be read now; one on the disk needs leave after each start of the browser. */
export async function mayRead({ handle }: ModelEntry): Promise<boolean> {
  return handle?.queryPermission === undefined || (await handle.queryPermission({ mode: 'read' })) === 'granted';
}

/** Asks for leave to read a model on the disk. Browsers ask the user only in answer to a click. */
export async function askToRead({ handle }: ModelEntry): Promise<boolean> {
  return handle?.requestPermission === undefined || (await handle.requestPermission({ mode: 'read' })) === 'granted';
}

/** The files of a model. Throws a sentence when one of them is not there, or may not be read. */
export async function openModelFiles(entry: ModelEntry): Promise<OpenedFile[]> {
  if (!(await mayRead(entry)))
    throw new ProblemError({
      what: `${entry.name} lies on your disk, and the browser has not let Weft read it since it was started.`,
      cure: 'Press "Allow reading" beside it in Models.',
    });
  return Promise.all(entry.files.map(async (file) => ({ path: file.path, blob: await openFile(entry, file) })));
}

export interface StorageUse {
  /** Bytes that this site holds, and may hold. */
  readonly used: number;
  readonly quota: number;
  /** The browser will not clear it by itself. */
  readonly persistent: boolean;
}

export async function storageUse(): Promise<StorageUse> {
  const { usage = 0, quota = 0 } = await navigator.storage.estimate();
  return { used: usage, quota, persistent: await navigator.storage.persisted() };
}

/** Asks the browser not to clear what this site holds; it may ask the user, or decide by itself. */
export const keepForGood = (): Promise<boolean> => navigator.storage.persist();
