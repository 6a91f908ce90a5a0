/**
 * Model files in the browser's own file system (OPFS). A file has a name of no meaning: what it is says the index of
 * models. So a file that the index does not name is not there, and a crash leaves nothing half.
 */
async function folder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle('models', { create: true });
}

const isNotFound = (thrown: unknown) => thrown instanceof DOMException && thrown.name === 'NotFoundError';

/** A name that no stored file has. */
export const newStoredName = (): string => crypto.randomUUID();

/** The handle of a stored file, made when there is none. */
const storedHandle = async (name: string): Promise<FileSystemFileHandle> =>
  (await folder()).getFileHandle(name, { create: true });

/** A stored file; undefined when there is none. */
export async function storedFile(name: string): Promise<File | undefined> {
  try {
    return await (await (await folder()).getFileHandle(name)).getFile();
  } catch (thrown) {
    if (isNotFound(thrown)) return undefined;
    throw thrown;
  }
}

export async function removeStored(name: string): Promise<void> {
  await (await folder()).removeEntry(name).catch((thrown: unknown) => {
    if (!isNotFound(thrown)) throw thrown;
  });
}

export async function storedNames(): Promise<string[]> {
  const names: string[] = [];
  for await (const name of (await folder()).keys()) names.push(name);
  return names;
}

/** The lock that whoever writes a stored file holds until the index names it. */
export const writingLock = (name: string): string => `weft-model-file ${name}`;

/** How often, in milliseconds, and how many times it is tried to open a file that another worker still has. */
const busy = { every: 100, times: 50 };

/**
 * A stored file for reading and writing, from a worker. `close` it, whatever happens. A worker that was ended a moment
 * ago may still hold the file, so that is waited for.
 */
export async function openForWriting(name: string): Promise<FileSystemSyncAccessHandle> {
  const handle = await storedHandle(name);
  for (let tries = 1; ; tries++) {
    try {
      return await handle.createSyncAccessHandle();
    } catch (thrown) {
      const isHeld = thrown instanceof DOMException && thrown.name === 'NoModificationAllowedError';
      if (!isHeld || tries === busy.times) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, busy.every));
    }
  }
}
