import { ProblemError } from '../../core/problem';
import { contentHash } from '../hub/content-hash';
import { storedContent } from './library';
import type { ModelFile } from './model-entry';
import { newStoredName, openForWriting, removeStored, writingLock } from './stored-files';

/** A file that is to become part of a model. */
export interface SourceFile {
  readonly path: string;
  readonly blob: Blob;
}

export interface TakingIn {
  /** Copies the files into the browser's own file system; otherwise they are read where they lie. */
  readonly copy: boolean;
  readonly signal: AbortSignal;
  /** Bytes that were read so far. */
  readonly onProgress: (done: number) => void;
}

/** Bytes between two reports. */
const reportEvery = 4 * 2 ** 20;

/** Reads a file once: its hash, and a copy of it as it goes by. Never more than a piece of it is in memory. */
async function readThrough(
  { path, blob }: SourceFile,
  stored: string | undefined,
  signal: AbortSignal,
  onRead: (bytes: number) => Promise<void>,
): Promise<string> {
  const hash = contentHash();
  const copy = stored === undefined ? undefined : await openForWriting(stored);
  const reader = blob.stream().getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      signal.throwIfAborted();
      hash.update(piece.value);
      copy?.write(piece.value);
      await onRead(piece.value.byteLength);
    }
    copy?.flush();
  } catch (thrown) {
    void reader.cancel().catch(() => {});
    throw signal.aborted ? signal.reason : readingProblem(path, thrown);
  } finally {
    copy?.close();
  }
  return hash.sha256();
}

function readingProblem(path: string, thrown: unknown): unknown {
  if (!(thrown instanceof DOMException)) return thrown;
  if (thrown.name === 'QuotaExceededError') return noRoom(path);
  return new ProblemError(
    { what: `${path} cannot be read: ${thrown.message}`, cure: 'It may have been moved or changed; choose it again.' },
    { cause: thrown },
  );
}

const noRoom = (name: string, cause = ''): ProblemError =>
  new ProblemError({
    what: `There is no room for ${name} in this browser.${cause}`,
    cure: 'Remove models that you do not need, or use it where it lies on the disk.',
  });

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** Throws a sentence when the browser says beforehand that so many bytes do not fit. */
export async function makeSureOfRoom(name: string, bytes: number): Promise<void> {
  const { usage = 0, quota = Number.POSITIVE_INFINITY } = await navigator.storage.estimate();
  if (bytes > quota - usage)
    throw noRoom(name, ` It needs ${gigabytes(bytes)}; ${gigabytes(Math.max(0, quota - usage))} are left.`);
}

/**
 * Takes files in, and hands them to `keep` while nobody discards them as leftovers. What was copied is removed again
 * when this fails or is stopped.
 */
export async function takeIn<T>(
  sources: readonly SourceFile[],
  { copy, signal, onProgress }: TakingIn,
  keep: (files: readonly ModelFile[]) => Promise<T>,
): Promise<T> {
  const files: ModelFile[] = [];
  let read = 0;
  let reported = 0;
  const onRead = async (bytes: number) => {
    read += bytes;
    if (read - reported < reportEvery) return;
    reported = read;
    onProgress(read);
    // A file that is in memory comes without a pause; this one lets the word to stop in.
    await new Promise((resolve) => setTimeout(resolve));
  };
  async function take(rest: readonly SourceFile[]): Promise<T> {
    const [source, ...more] = rest;
    if (!source) return keep(files);
    const { path, blob } = source;
    const stored = copy ? newStoredName() : undefined;
    if (stored === undefined) {
      const sha256 = await readThrough(source, stored, signal, onRead);
      files.push({ path, size: blob.size, sha256, ...(blob instanceof File && { modified: blob.lastModified }) });
      return take(more);
    }
    return navigator.locks.request(writingLock(stored), async () => {
      let named: string | undefined;
      try {
        const sha256 = await readThrough(source, stored, signal, onRead);
        // The same content is kept once, however many models have it.
        named = (await storedContent(sha256))?.stored ?? stored;
        files.push({ path, size: blob.size, sha256, stored: named });
        return await take(more);
      } catch (thrown) {
        named = undefined;
        throw thrown;
      } finally {
        if (named !== stored) await removeStored(stored);
      }
    });
  }
  return take(sources);
}
