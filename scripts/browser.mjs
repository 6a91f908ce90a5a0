/**
 * Finds a Chromium for the tests, and gets one where there is none. Run as a program it prints the path, so that
 * `node scripts/browser.mjs && ...` stops with a sentence instead of a stack of failed tests.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** WebGPU on the processor (SwiftShader), which every machine has, and none of the browser's own traffic. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
];

/** @returns {string[]} */
function installedPaths() {
  if (process.platform === 'darwin') {
    const names = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return ['', process.env.HOME ?? ''].flatMap((home) =>
      names.map((name) => `${home}/Applications/${name}.app/Contents/MacOS/${name}`),
    );
  }
  if (process.platform === 'win32') {
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe'];
    programs.push('Microsoft\\Edge\\Application\\msedge.exe');
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    return roots.flatMap((root) => (root ? programs.map((program) => join(root, program)) : []));
  }
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** The path of Playwright's own Chromium, downloaded or not. */
function playwrightPath() {
  try {
    return createRequire(import.meta.url)('playwright').chromium.executablePath();
  } catch {
    return undefined; // Playwright itself is not installed, or has no Chromium for this system.
  }
}

/**
 * The browser to test with, or undefined where there is none.
 * @returns {string | undefined}
 */
export function findBrowser() {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  return [...installedPaths(), playwrightPath()].find((path) => path !== undefined && existsSync(path));
}

/** @param {string} command @param {string[]} options */
function succeeds(command, options) {
  console.error(`No Chromium found. Running: ${command} ${options.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };

  return (
    spawnSync(command, options, { stdio: ['ignore', 2, 2], env, shell: process.platform === 'win32' }).status === 0
  );
}

function isDebianRoot() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/**
 * Finds the browser or installs one: by Playwright, or by apt where this is root on Debian or Ubuntu.
 * @returns {string}
 */
export function ensureBrowser() {
  const asked = process.env.CHROME_PATH;
  if (asked && !existsSync(asked)) {
    throw new Error(`CHROME_PATH names "${asked}", where there is no file; name a Chromium or leave it unset.`);
  }
  const found = findBrowser();
  if (found) return found;
  const withLibraries = isDebianRoot() ? ['--with-deps'] : [];
  if (succeeds('npx', ['playwright', 'install', ...withLibraries, 'chromium'])) {
    const downloaded = findBrowser();
    if (downloaded) return downloaded;
  }
  if (isDebianRoot()) {
    succeeds('apt-get', ['update']);
    if (succeeds('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'])) {
      const installed = findBrowser();
      if (installed) return installed;
    }
  }
  throw new Error('The tests need a Chromium: install Chrome, Chromium or Edge, or set CHROME_PATH to one.');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(ensureBrowser());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
