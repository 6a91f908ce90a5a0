/** What a visitor downloads before the model: the app's scripts and styles, gzipped, without ONNX Runtime. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildApp } from './build.mjs';

/** In bytes, for what loads at the start; the rest comes when it is first used. */
const budget = 500_000;

/**
 * Prints the size of the app in `folder`; false where it is over the budget.
 * @param {string} folder
 */
export function reportSize(folder) {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = paths
    .filter((path) => /\.(m?js|css)$/.test(path) && !/^(onnxruntime|ort)[.-]/.test(basename(path)))
    .map((path) => ({ path, size: gzipSync(readFileSync(join(folder, path)), { level: 9 }).length }))
    .sort((a, b) => b.size - a.size);
  const atStart = loadedAtStart(folder, paths);
  const sum = (/** @type {typeof files} */ some) => some.reduce((total, { size }) => total + size, 0);
  const kilobytes = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`;

  const first = files.filter(({ path }) => atStart.has(basename(path)));
  for (const { path, size } of first.slice(0, 8)) console.log(`  ${kilobytes(size).padStart(9)}  ${path}`);
  console.log(
    `App: ${kilobytes(sum(first))} of JavaScript and CSS gzipped at the start, budget ${kilobytes(budget)}; ` +
      `${kilobytes(sum(files) - sum(first))} more when first used.`,
  );
  return first.length > 0 && sum(first) <= budget;
}

/**
 * Names of the files that the page asks for by itself: those in index.html, what they import, and the workers that they start.
 * @param {string} folder
 * @param {readonly string[]} paths
 */
function loadedAtStart(folder, paths) {
  const where = new Map(paths.map((path) => [basename(path), path]));
  const found = new Set();
  const waiting = ['index.html'];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const path = where.get(name);
    if (path === undefined || found.has(name)) continue;
    found.add(name);
    const text = readFileSync(join(folder, path), 'utf8');
    const names = name.endsWith('.html')
      ? text.matchAll(/(?:src|href)="[^"]*?([^"/]+\.(?:m?js|css))"/g)
      : text.matchAll(/(?:\bfrom|\bimport|new Worker\(new URL\(new URL\()\s*["'`](?:\.\/)?([^"'`/]+\.m?js)["'`]/g);
    for (const [, other = ''] of names) waiting.push(other);
  }
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = reportSize(await buildApp()) ? 0 : 1;
}
