/** Installs the dependencies where they are missing or not those of package-lock.json. Needs no dependency itself. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean }} LockedPackage */

/** @param {string} path @returns {Record<string, LockedPackage>} */
function packagesOf(path) {
  return JSON.parse(readFileSync(root + path, 'utf8')).packages;
}

/** True when what npm wrote down at the end of its last install is what package-lock.json asks for. */
function isInstalled() {
  const record = 'node_modules/.package-lock.json';
  if (!existsSync(root + record)) return false;
  const installed = packagesOf(record);
  return Object.entries(packagesOf('package-lock.json')).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const found = installed[path];
    return found ? found.version === version : optional === true;
  });
}

/** Progress goes to stderr, so that a command's own output stays clean. */
export function ensureInstalled() {
  if (isInstalled()) return;
  console.error('Installing the dependencies (npm ci); this happens once.');
  const options = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  const npm = process.env.npm_execpath;
  const stdio = /** @type {import('node:child_process').StdioOptions} */ (['ignore', 2, 2]);
  const { status } = npm?.endsWith('npm-cli.js')
    ? spawnSync(process.execPath, [npm, ...options], { cwd: root, stdio })
    : spawnSync('npm', options, { cwd: root, stdio, shell: process.platform === 'win32' });
  if (status !== 0) {
    console.error('The dependencies could not be installed: see the lines of npm above, then try again.');
    process.exit(1);
  }
}
