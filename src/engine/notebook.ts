import type { Notebook } from '../core/define-node';
import { outdated } from './notebook-budget';
import { nameOfKey } from './notebook-name';

/**
 * A notebook in a folder of the origin's private file system; `budget` is how many bytes it may have, the oldest entries go
 * first. Where the browser has no such file system, or it is full, nothing is kept.
 */
export function pageNotebook(folderName: string, budget?: number): Notebook {
  let unchecked = Number.POSITIVE_INFINITY;
  const folderIn = async (create: boolean) =>
    (await navigator.storage.getDirectory()).getDirectoryHandle(folderName, { create });

  async function tidy(folder: FileSystemDirectoryHandle, most: number) {
    const files: { name: string; size: number; changed: number }[] = [];
    for await (const entry of folder.values()) {
      if (entry.kind !== 'file') continue;
      const { size, lastModified } = await (entry as FileSystemFileHandle).getFile();
      files.push({ name: entry.name, size, changed: lastModified });
    }
    for (const name of outdated(files, most)) await folder.removeEntry(name);
  }

  return {
    async read(key) {
      try {
        const file = await (await (await folderIn(false)).getFileHandle(await nameOfKey(key))).getFile();
        return new Uint8Array(await file.arrayBuffer());
      } catch {
        return undefined;
      }
    },
    async write(key, bytes) {
      try {
        const folder = await folderIn(true);
        unchecked += bytes.byteLength;
        if (budget !== undefined && unchecked > budget / 8) {
          unchecked = 0;
          await tidy(folder, budget);
        }
        const file = await folder.getFileHandle(await nameOfKey(key), { create: true });
        // What is written comes into the file when it is closed, so a page that dies leaves the old one.
        const stream = await file.createWritable();
        await stream.write(bytes);
        await stream.close();
        return true;
      } catch {
        // The work goes on; only going on after a restart is lost.
        return false;
      }
    },
    async claim(key) {
      // Pages that do not come over a secure connection have no locks.
      if (!('locks' in navigator)) return () => {};
      const name = `weft-${folderName}-${await nameOfKey(key)}`;
      return new Promise((resolve, reject) => {
        const held = (lock: Lock | null) =>
          new Promise<void>((release) => {
            resolve(lock ? release : undefined);
            if (!lock) release();
          });
        navigator.locks.request(name, { ifAvailable: true }, held).catch(reject);
      });
    },
  };
}
