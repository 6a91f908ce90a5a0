import { database } from '../database';
import { newStoredName, removeStored, storedFile } from '../models/stored-files';
import type { DownloadRecord, WantedFile } from './download-record';

/** Writes down what is to be downloaded. Nothing is fetched yet. */
export async function beginDownload(
  order: Omit<DownloadRecord, 'id' | 'begun' | 'files'> & { readonly files: readonly WantedFile[] },
): Promise<DownloadRecord> {
  const record: DownloadRecord = {
    ...order,
    id: crypto.randomUUID(),
    begun: Date.now(),
    files: order.files.map((file) => ({ ...file, stored: newStoredName() })),
  };
  await (await database()).put('downloads', record);
  return record;
}

/** Downloads that are not finished, first begun first. */
export const downloadRecords = async (): Promise<DownloadRecord[]> =>
  (await (await database()).getAll('downloads')).sort((a, b) => a.begun - b.begun);

/** The lock that whoever runs a download holds. */
export const downloadLock = (id: string): string => `weft-download ${id}`;

/** Downloads that are not finished and that no tab goes on with. */
export async function idleDownloads(): Promise<DownloadRecord[]> {
  const { held = [] } = await navigator.locks.query();
  const running = new Set(held.map(({ name }) => name));
  return (await downloadRecords()).filter(({ id }) => !running.has(downloadLock(id)));
}

/** Bytes that a download has so far. */
export async function downloadedBytes({ files }: DownloadRecord): Promise<number> {
  const sizes = await Promise.all(files.map(async ({ stored }) => (await storedFile(stored))?.size ?? 0));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Bytes of a whole download, where all sizes are known. */
export const downloadSize = ({ files }: Pick<DownloadRecord, 'files'>): number | undefined =>
  files.every(({ size }) => size !== undefined) ? files.reduce((sum, { size = 0 }) => sum + size, 0) : undefined;

/** Forgets a download and what it brought so far, unless a model has that too. */
export async function forgetDownload({ id, files }: DownloadRecord): Promise<void> {
  const db = await database();
  await db.delete('downloads', id);
  const kept = new Set(
    [...(await db.getAll('models')), ...(await db.getAll('downloads'))]
      .flatMap<{ stored?: string }>((record) => record.files)
      .map(({ stored }) => stored),
  );
  for (const { stored } of files) if (!kept.has(stored)) await removeStored(stored);
}
