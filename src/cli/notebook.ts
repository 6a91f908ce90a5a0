import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Notebook } from '../core/define-node';
import { nameOfKey } from '../engine/notebook-name';

/** A notebook in the user's cache folder, `$XDG_CACHE_HOME/weft` or `~/.cache/weft`. */
export function terminalNotebook(
  folder = path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'weft', 'notebook'),
): Notebook {
  const fileOf = async (key: string) => path.join(folder, await nameOfKey(key));
  return {
    async read(key) {
      try {
        return new Uint8Array(await readFile(await fileOf(key)));
      } catch {
        return undefined;
      }
    },
    async write(key, bytes) {
      try {
        const file = await fileOf(key);
        await mkdir(folder, { recursive: true });
        await writeFile(`${file}.partial`, bytes);
        await rename(`${file}.partial`, file);
      } catch {
        // The work goes on; only going on after a stop is lost.
      }
    },
  };
}
