/** Builds what is asked for, unless what an earlier build left is still what its sources say. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const sources = ['src', 'nodes', 'models', 'graphs', 'subgraphs', 'scripts', 'vite.config.ts', 'package-lock.json'];

/** Neither tests nor the training of the embedded model end up in a bundle. */
const isSource = (/** @type {string} */ path) => path !== 'models/tiny/training' && !/\.test\.tsx?$/.test(path);

/** @param {string} path @returns {string[]} a line for each file: its path, size and time of change */
function stateOf(path) {
  const at = join(root, path);
  const found = statSync(at, { throwIfNoEntry: false });
  if (!found) return [];
  if (!found.isDirectory()) return [`${path} ${found.size} ${found.mtimeMs}`];
  const inside = readdirSync(at, { encoding: 'utf8' }).map((name) => `${path}/${name}`);
  return inside.filter(isSource).sort().flatMap(stateOf);
}

/**
 * Builds into a folder beside `dist/<name>` and puts it in place when it is whole, so that a build that fails or runs
 * twice at once leaves no half of one.
 * @param {string} name
 * @param {string[]} more sources that only this build has
 * @param {(vite: typeof import('vite'), outDir: string) => Promise<unknown>} build
 */
async function refresh(name, more, build) {
  const fingerprint = createHash('sha256')
    .update([...sources, ...more].flatMap(stateOf).join('\n'))
    .digest('hex');
  const folder = join(root, 'dist', name);
  const stamp = `${folder}.sources`;
  if (existsSync(folder) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return folder;
  console.error(`Building dist/${name}.`);
  const unfinished = `${folder}.${process.pid}`;
  try {
    await build(await import('vite'), unfinished);
    rmSync(stamp, { force: true });
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(join(root, 'dist'), { recursive: true });
    renameSync(unfinished, folder);
    writeFileSync(stamp, fingerprint);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/** The web app in `dist/app`. Returns the folder. */
export function buildApp() {
  return refresh('app', ['index.html', 'public'], (vite, outDir) =>
    vite.build({ root, logLevel: 'warn', build: { outDir, emptyOutDir: true } }),
  );
}

/**
 * A program for Node: `entry` with `import.meta.glob` resolved and its dependencies left to `node_modules`.
 * @param {string} name
 * @param {string} entry
 * @returns {Promise<string>} the file to import
 */
export async function buildProgram(name, entry) {
  const folder = await refresh(name, [entry.split('/', 1)[0] ?? entry], (vite, outDir) =>
    vite.build({
      root,
      configFile: false,
      logLevel: 'warn',
      publicDir: false,
      build: { ssr: entry, outDir, target: 'node20', rolldownOptions: { output: { entryFileNames: 'main.js' } } },
    }),
  );
  return join(folder, 'main.js');
}
