import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Notebook } from '../core/define-node';
import { outdated } from '../engine/notebook-budget';
import { nameOfKey } from '../engine/notebook-name';

/** Where caches of the user's programs are. */
const cacheFolder = () => path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'weft');

/**
 * A notebook in a folder of the user's cache, `$XDG_CACHE_HOME/weft` or `~/.cache/weft`; `budget` is how many bytes it may
 * have, the oldest entries go first.
 */
export function terminalNotebook(name = 'notebook', budget?: number): Notebook {
  const folder = path.join(cacheFolder(), name);
  const fileOf = async (key: string) => path.join(folder, await nameOfKey(key));
  let unchecked = Number.POSITIVE_INFINITY;

  async function tidy(most: number) {
    const names = await readdir(folder);
    const files = await Promise.all(
      names.map(async (file) => {
        const { size, mtimeMs } = await stat(path.join(folder, file));
        return { name: file, size, changed: mtimeMs };
      }),
    );
    for (const file of outdated(files, most)) await rm(path.join(folder, file), { force: true });
  }

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
        unchecked += bytes.byteLength;
        if (budget !== undefined && unchecked > budget / 8) {
          unchecked = 0;
          await tidy(budget);
        }
        await writeFile(`${file}.partial`, bytes);
        await rename(`${file}.partial`, file);
        return true;
      } catch {
        // The work goes on; only going on after a stop is lost.
        return false;
      }
    },
  };
}
