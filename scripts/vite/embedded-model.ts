import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';

interface ModelFile {
  /** Below the folder's address, with forward slashes: `unet/config.json`. */
  path: string;
  /** In bytes. */
  size: number;
  sha256: string;
}

function filesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

function manifestOf(folder: string): string {
  const files = filesOf(folder).map((path): ModelFile => {
    const bytes = readFileSync(join(folder, path));
    return { path, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  });
  return `${JSON.stringify(files, null, 2)}\n`;
}

/**
 * Serves the files of `folder` at `./models/<name>/`, with a `manifest.json` that lists them, in the dev server and in the
 * build.
 */
export function embeddedModel(name: string, folder: string): Plugin {
  const address = `models/${name}/`;
  return {
    name: `weft:embedded-model-${name}`,
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = decodeURIComponent((request.url ?? '').replace(/[?#].*/s, ''));
        if (!path.startsWith(`/${address}`)) return next();
        const file = path.slice(address.length + 1);
        if (file === 'manifest.json') {
          response.setHeader('Content-Type', 'application/json');
          response.end(manifestOf(folder));
        } else if (filesOf(folder).includes(file)) {
          response.setHeader('Content-Type', file.endsWith('.json') ? 'application/json' : 'application/octet-stream');
          createReadStream(join(folder, file)).pipe(response);
        } else next();
      });
    },
    generateBundle() {
      if (this.environment.name !== 'client') return;
      for (const path of filesOf(folder)) {
        this.emitFile({ type: 'asset', fileName: address + path, source: readFileSync(join(folder, path)) });
      }
      this.emitFile({ type: 'asset', fileName: `${address}manifest.json`, source: manifestOf(folder) });
    },
  };
}
