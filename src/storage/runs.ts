import { database } from './database';
import type { PictureFiles, PictureRecord, RunRecord } from './run-record';

/** A picture with its bytes, as it is written. */
export interface KeptPicture {
  readonly record: PictureRecord;
  readonly files: PictureFiles;
}

const stores = ['runs', 'pictures', 'pictureFiles'] as const;

/** Keeps a run with its pictures: all of it or, where the browser has no room, nothing. */
export async function keepRun(run: RunRecord, pictures: readonly KeptPicture[]): Promise<void> {
  const transaction = (await database()).transaction(stores, 'readwrite');
  try {
    await transaction.objectStore('runs').put(run);
    for (const { record, files } of pictures) {
      await transaction.objectStore('pictures').put(record);
      await transaction.objectStore('pictureFiles').put(files);
    }
    await transaction.done;
  } catch (thrown) {
    // Without room it aborted by itself; what could not be written at all leaves it open.
    transaction.done.catch(() => {});
    try {
      transaction.abort();
    } catch {
      // It is over.
    }
    throw thrown;
  }
}

const newestFirst = (a: PictureRecord, b: PictureRecord): number => b.at - a.at || a.order - b.order;

/** All pictures that are kept, newest first; those of one run in their own order. */
export async function keptPictures(): Promise<PictureRecord[]> {
  return (await (await database()).getAll('pictures')).sort(newestFirst);
}

export async function keptRun(id: string): Promise<RunRecord | undefined> {
  return (await database()).get('runs', id);
}

export async function pictureFiles(id: string): Promise<PictureFiles | undefined> {
  return (await database()).get('pictureFiles', id);
}

/** Stars a picture, which keeps it for good, or takes the star away. */
export async function starPicture(id: string, starred: boolean): Promise<void> {
  const transaction = (await database()).transaction('pictures', 'readwrite');
  const record = await transaction.store.get(id);
  if (record) await transaction.store.put({ ...record, starred });
  await transaction.done;
}

/** Deletes pictures, and runs that have none left. What it resolves to brings them back. */
export async function deletePictures(ids: readonly string[]): Promise<() => Promise<void>> {
  const transaction = (await database()).transaction(stores, 'readwrite');
  const [runs, pictures, files] = [
    transaction.objectStore('runs'),
    transaction.objectStore('pictures'),
    transaction.objectStore('pictureFiles'),
  ];
  const deleted = new Map<string, KeptPicture[]>();
  for (const id of ids) {
    const [record, bytes] = await Promise.all([pictures.get(id), files.get(id)]);
    if (!record) continue;
    await Promise.all([pictures.delete(id), files.delete(id)]);
    if (bytes) deleted.set(record.run, [...(deleted.get(record.run) ?? []), { record, files: bytes }]);
  }
  const before = new Map<string, RunRecord>();
  for (const id of deleted.keys()) {
    const run = await runs.get(id);
    if (run) before.set(id, run);
    if ((await pictures.index('run').count(id)) === 0) await runs.delete(id);
  }
  await transaction.done;
  return async () => {
    for (const [id, run] of before) await keepRun(run, deleted.get(id) ?? []);
  };
}

/** How much of the history is kept. */
export interface HistoryLimits {
  readonly pictures: number;
  readonly bytes: number;
}

/** The pictures that go so that no more is kept than that: the oldest first, and none with a star. `pictures` come newest first. */
export function beyond(pictures: readonly PictureRecord[], limits: HistoryLimits): PictureRecord[] {
  let count = pictures.length;
  let bytes = pictures.reduce((sum, picture) => sum + picture.bytes, 0);
  const going: PictureRecord[] = [];
  for (const picture of pictures.toReversed()) {
    if (count <= limits.pictures && bytes <= limits.bytes) break;
    if (picture.starred) continue;
    going.push(picture);
    count -= 1;
    bytes -= picture.bytes;
  }
  return going;
}
