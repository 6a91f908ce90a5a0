import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';

/** Where the page finds the embedded model, below the app's own address. */
const address = 'models/tiny/';

interface ModelFile {
  /** Below `models/tiny/`, with forward slashes: `unet/config.json`. */
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
 * Serves the diffusers folder `folder` at `./models/tiny/`, with a `manifest.json` that lists its files, in the dev
 * server and in the build.
 */
export function tinyModel(folder: string): Plugin {
  return {
    name: 'weft:tiny-model',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = decodeURIComponent((request.url ?? '').replace(/[?#].*/s, ''));
        if (!path.startsWith(`/${address}`)) return next();
        const name = path.slice(address.length + 1);
        if (name === 'manifest.json') {
          response.setHeader('Content-Type', 'application/json');
          response.end(manifestOf(folder));
        } else if (filesOf(folder).includes(name)) {
          response.setHeader('Content-Type', name.endsWith('.json') ? 'application/json' : 'application/octet-stream');
          createReadStream(join(folder, name)).pipe(response);
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
