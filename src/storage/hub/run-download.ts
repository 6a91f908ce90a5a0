import { ProblemError } from '../../core/problem';
import { database } from '../database';
import { identifyFiles } from '../models/identify-files';
import type { JobProgress } from '../models/jobs';
import { keepModel, modelEntry, storedContent } from '../models/library';
import type { ModelEntry, ModelFile } from '../models/model-entry';
import { modelHash } from '../models/model-hash';
import { openForWriting, removeStored, storedFile } from '../models/stored-files';
import { makeSureOfRoom } from '../models/take-in';
import type { Conditions } from './answers';
import type { DownloadedFile, DownloadRecord } from './download-record';
import { downloadSize } from './downloads';
import { type PartialFile, transfer } from './transfer';

/** Bytes after which what came is made to last: a crash loses no more. */
const flushEvery = 16 * 2 ** 20;

/** A stored file as a download fills it. */
function partialFile(file: FileSystemSyncAccessHandle): PartialFile {
  let unflushed = 0;
  return {
    size: () => file.getSize(),
    append(bytes) {
      file.write(bytes as Uint8Array<ArrayBuffer>, { at: file.getSize() });
      unflushed += bytes.length;
      if (unflushed < flushEvery) return;
      file.flush();
      unflushed = 0;
    },
    clear: () => file.truncate(0),
    read(begin, end) {
      const bytes = new Uint8Array(end - begin);
      file.read(bytes, { at: begin });
      return bytes;
    },
  };
}

/** Reports at most so often, in milliseconds. */
const reportEvery = 100;

/** Brings one file of a download to its end and returns it with its hash. */
async function fetchFile(
  file: DownloadedFile,
  conditions: Conditions,
  onBytes: (bytes: number, total: number | undefined) => void,
): Promise<DownloadedFile> {
  const known = file.sha256 === undefined ? undefined : await storedContent(file.sha256);
  if (known?.stored !== undefined) {
    await removeStored(file.stored);
    return { ...file, stored: known.stored, size: known.size, whole: known.sha256 };
  }
  const handle = await openForWriting(file.stored);
  try {
    const { sha256, size } = await transfer(file, partialFile(handle), conditions, { onProgress: onBytes });
    handle.flush();
    return { ...file, whole: sha256, size };
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'QuotaExceededError')
      throw new ProblemError({
        what: `There is no room for the rest of ${file.path} in this browser.`,
        cure: 'Remove models that you do not need, and go on.',
      });
    throw thrown;
  } finally {
    handle.close();
  }
}

async function keepRecord(record: DownloadRecord): Promise<void> {
  await (await database()).put('downloads', record);
}

async function entryOf(record: DownloadRecord): Promise<ModelEntry> {
  const files = record.files.map(
    ({ path, size = 0, whole = '', stored }): ModelFile => ({ path, size, sha256: whole, stored }),
  );
  const blobs = await Promise.all(
    files.map(async ({ path, stored = '' }) => ({ path, blob: (await storedFile(stored)) ?? new Blob() })),
  );
  return {
    ...identifyFiles(blobs),
    hash: modelHash(files),
    name: record.name,
    size: files.reduce((sum, { size }) => sum + size, 0),
    note: record.note,
    source: record.source,
    added: Date.now(),
    files,
  };
}

/**
 * Goes on with a download until its model is complete, verified and in the list of models. Throws a sentence when a
 * person has to decide, and the signal's reason when it aborts; what came so far stays, and the next call goes on with it.
 */
export async function runDownload(
  id: string,
  conditions: Conditions,
  onProgress: (progress: JobProgress) => void,
): Promise<{ readonly model: ModelEntry; readonly before: boolean }> {
  const db = await database();
  let record = await db.get('downloads', id);
  if (!record) throw new ProblemError({ what: 'This download is over or was removed.' });
  const total = downloadSize(record);
  let done = 0;
  for (const { stored } of record.files) done += (await storedFile(stored))?.size ?? 0;
  if (total !== undefined) await makeSureOfRoom(record.name, total - done);
  let before = 0;
  let reported = Number.NEGATIVE_INFINITY;
  for (const [i, file] of record.files.entries()) {
    const report = (bytes: number, size: number | undefined) => {
      const now = performance.now();
      if (now - reported < reportEvery) return;
      reported = now;
      onProgress({
        phase: 'downloading',
        done: before + bytes,
        total: total ?? (record?.files.length === 1 ? size : undefined),
      });
    };
    if (file.whole === undefined) {
      const whole = await fetchFile(file, conditions, report);
      record = { ...record, files: record.files.map((other, at) => (at === i ? whole : other)) };
      await keepRecord(record);
    }
    before += record.files[i]?.size ?? 0;
  }
  onProgress({ phase: 'checking', done: before, total: before });
  const entry = await entryOf(record);
  const held = await modelEntry(entry.hash);
  // What the user wrote about it stays.
  const model = held ? { ...entry, name: held.name, note: held.note || entry.note } : entry;
  await keepModel(model, id);
  return { model, before: held !== undefined };
}
