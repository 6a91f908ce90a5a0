import type { Notebook } from '../core/define-node';
import { nameOfKey } from './notebook-name';

const FOLDER = 'notebook';

/** A notebook in the origin's private file system. Where the browser has none, or it is full, nothing is kept. */
export const pageNotebook: Notebook = {
  async read(key) {
    try {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER);
      const file = await (await folder.getFileHandle(await nameOfKey(key))).getFile();
      return new Uint8Array(await file.arrayBuffer());
    } catch {
      return undefined;
    }
  },
  async write(key, bytes) {
    try {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });
      const file = await folder.getFileHandle(await nameOfKey(key), { create: true });
      // What is written comes into the file when it is closed, so a page that dies leaves the old one.
      const stream = await file.createWritable();
      await stream.write(bytes);
      await stream.close();
    } catch {
      // The work goes on; only going on after a restart is lost.
    }
  },
};
