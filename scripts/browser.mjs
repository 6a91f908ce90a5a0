/**
 * Finds a Chromium for the tests, and gets one where there is none. Run as a program it prints the path, so that
 * `node scripts/browser.mjs && ...` stops with a sentence instead of a stack of failed tests.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** None of the browser's own traffic. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** WebGPU on the processor (SwiftShader), which every machine has. */
export const graphicsArguments = [
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

/** Where Playwright's own Chromium is or would be. */
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
  console.error(`Running: ${[basename(command), ...options].join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, options, { stdio: ['ignore', 2, 2], env }).status === 0;
}

/** @param {string[]} options */
function playwright(...options) {
  return succeeds(process.execPath, [
    fileURLToPath(new URL('../node_modules/playwright/cli.js', import.meta.url)),
    ...options,
  ]);
}

/** True for root on Debian or one of its kin, where a package can be installed without asking anyone. */
function mayInstallPackages() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** Playwright's own Chromium, and where it may the libraries that it is linked with. */
function download() {
  if (!playwright('install', 'chromium')) return undefined;
  const path = findBrowser();
  const starts = () => path !== undefined && spawnSync(path, ['--version']).status === 0;
  return starts() || (mayInstallPackages() && playwright('install-deps', 'chromium') && starts()) ? path : undefined;
}

function installPackage() {
  if (!mayInstallPackages() || !succeeds('apt-get', ['update'])) return undefined;
  return succeeds('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']) ? findBrowser() : undefined;
}

/**
 * Finds the browser or installs one: Playwright's, or the system's where Playwright's cannot be had.
 * @returns {string}
 */
export function ensureBrowser() {
  const asked = process.env.CHROME_PATH;
  if (asked && !existsSync(asked)) {
    throw new Error(`CHROME_PATH names "${asked}", where there is no file; name a Chromium or leave it unset.`);
  }
  const browser = findBrowser() ?? download() ?? installPackage();
  if (browser) return browser;
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
