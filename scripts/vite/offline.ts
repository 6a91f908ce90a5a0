import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type Plugin, type ResolvedConfig, transformWithOxc } from 'vite';

/** What hosts read, and what nobody opens without a network. */
const isServed = (path: string) => !/^_headers$|^\.htaccess$|\.map$/.test(path);

/** What the page does without until somebody looks at it: fine-tunes of the embedded model, and pictures. */
const isOther = (path: string) => /^models\/tiny\/fine-tunes\/|\.(png|webp|md)$/.test(path);

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** Writes `service-worker.js` beside the built page: `source` with the list of all files, so that each build is a version. */
export function offline(source: string): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'weft:offline',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler({ dir = config.build.outDir }) {
        if (this.environment.name !== 'client') return;
        const hashes = filesOf(dir)
          .filter(isServed)
          .map(
            (path) =>
              [
                path,
                createHash('sha256')
                  .update(readFileSync(join(dir, path)))
                  .digest('hex'),
              ] as const,
          );
        const list = (of: typeof hashes) => JSON.stringify(Object.fromEntries(of));
        const { code } = await transformWithOxc(readFileSync(source, 'utf8'), source, { sourcemap: false });
        const lists = [
          `const needed = ${list(hashes.filter(([path]) => !isOther(path)))};`,
          `const others = ${list(hashes.filter(([path]) => isOther(path)))};`,
        ];
        writeFileSync(join(dir, 'service-worker.js'), `${lists.join('\n')}\n${code}`);
      },
    },
  };
}
