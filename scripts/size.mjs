/** What a visitor downloads before the model: the app's scripts and styles, gzipped, without ONNX Runtime. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildApp } from './build.mjs';

/** In bytes. */
const budget = 500_000;

/**
 * Prints the size of the app in `folder`; false where it is over the budget.
 * @param {string} folder
 */
export function reportSize(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(m?js|css)$/.test(path) && !/^(onnxruntime|ort)[.-]/.test(basename(path)))
    .map((path) => ({ path, size: gzipSync(readFileSync(join(folder, path)), { level: 9 }).length }))
    .sort((a, b) => b.size - a.size);
  const kilobytes = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  for (const { path, size } of files.slice(0, 8)) console.log(`  ${kilobytes(size).padStart(9)}  ${path}`);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  console.log(`App: ${kilobytes(size)} of JavaScript and CSS gzipped, budget ${kilobytes(budget)}.`);
  return files.length > 0 && size <= budget;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = reportSize(await buildApp()) ? 0 : 1;
}
