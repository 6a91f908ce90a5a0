/** `npm test`: from a fresh clone to one line, `N passed, N failed`. A check, a build or a stage that dies is a failure. */
import './node-version.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { buildApp, root } from './build.mjs';
import { check } from './check.mjs';
import { ensureInstalled } from './install.mjs';
import { reportSize } from './size.mjs';

/** @typedef {{ passed: number, failures: string[] }} Result Failures by name, to be said again at the end. */

const reports = mkdtempSync(join(tmpdir(), 'weft-test-'));

/**
 * Runs a test runner that writes a JSON report and reads the report. A runner that ends badly without a failed test in
 * its report has failed once; so has one that ran nothing. What it prints is held back where another one prints.
 * @param {string} stage
 * @param {string} module
 * @param {string[]} options
 * @param {(report: any) => Result} read
 * @param {boolean} aside
 * @returns {Promise<Result>}
 */
async function run(stage, module, options, read, aside = false) {
  const report = join(reports, `${stage}.json`);
  const runner = spawn(
    process.execPath,
    [join(root, 'node_modules', module), ...options.map((option) => option.replace('REPORT', report))],
    {
      cwd: root,
      stdio: aside ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    },
  );
  /** @type {Buffer[]} */
  const held = [];
  for (const stream of [runner.stdout, runner.stderr]) stream?.on('data', (bytes) => held.push(bytes));
  const [status] = await once(runner, 'close');
  if (aside) console.log(`\n== ${stage} tests, which ran beside the others\n${Buffer.concat(held)}`);
  /** @type {Result} */
  let result = { passed: 0, failures: [] };
  try {
    result = read(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    console.error(`The ${stage} tests left no report.`);
  }
  const died = status !== 0 || result.passed + result.failures.length === 0;
  return died && result.failures.length === 0 ? { ...result, failures: [`the runner of the ${stage} tests`] } : result;
}

/**
 * What failed in a test file; one that could not be loaded has no tests to name.
 * @param {{ name: string, status: string, assertionResults: { status: string, fullName: string }[] }} file
 */
function failedIn({ name, status, assertionResults }) {
  const failed = assertionResults.filter((one) => one.status === 'failed').map(({ fullName }) => fullName);
  const named = failed.length === 0 && status === 'failed' ? ['the file'] : failed;
  return named.map((title) => `${relative(root, name)}: ${title}`);
}

/** @param {string} project @param {boolean} aside */
function vitest(project, aside = false) {
  return run(
    project,
    'vitest/vitest.mjs',
    ['run', '--project', project, '--reporter=default', '--reporter=json', '--outputFile.json=REPORT'],
    ({ numPassedTests, testResults }) => ({ passed: numPassedTests, failures: testResults.flatMap(failedIn) }),
    aside,
  );
}

/**
 * @typedef {{ file: string, specs?: Spec[], suites?: Suite[] }} Suite
 * @typedef {{ ok: boolean, line: number, title: string, tests: { status: string }[] }} Spec
 * @param {Suite} suite
 * @returns {string[]}
 */
function failedSpecs({ file, specs = [], suites = [] }) {
  for (const { title, tests } of specs)
    if (tests.some(({ status }) => status === 'flaky')) console.log(`needed a second try: test/e2e/${file}: ${title}`);
  const failed = specs.filter(({ ok }) => !ok).map(({ line, title }) => `test/e2e/${file}:${line}: ${title}`);
  return [...failed, ...suites.flatMap(failedSpecs)];
}

function playwright() {
  return run('e2e', '@playwright/test/cli.js', ['test', '--reporter=list,json'], ({ stats, suites }) => ({
    passed: stats.expected + stats.flaky,
    failures: suites.flatMap(failedSpecs),
  }));
}

/** @type {[string, () => Result | Promise<Result>][]} */
const stages = [
  ['Checks', () => ({ passed: 0, failures: check() })],
  ['Unit tests', () => vitest('node')],
  ['Build and its size', async () => ({ passed: 0, failures: reportSize(await buildApp()) ? [] : ['the size'] })],
  ['End-to-end tests', playwright],
];

let passed = 0;
/** @type {string[]} */
const failures = [];
try {
  ensureInstalled();
  process.env.CHROME_PATH = ensureBrowser();
  // Beside all others: while the emulated graphics device works on one core there is little to do for the other.
  const browser = vitest('browser', true);
  browser.catch(() => {}); // It is told in its turn.
  for (const [title, stage] of [...stages, /** @type {const} */ (['Browser tests', () => browser])]) {
    const begin = performance.now();
    console.log(`\n== ${title}`);
    try {
      const result = await stage();
      passed += result.passed;
      failures.push(...result.failures);
    } catch (error) {
      console.error(error);
      failures.push(title);
    }
    console.log(`== ${title}: ${((performance.now() - begin) / 1000).toFixed(0)} s`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  failures.push('getting ready');
} finally {
  rmSync(reports, { recursive: true, force: true });
}
process.exitCode = failures.length > 0 ? 1 : 0;
for (const failure of failures) console.log(`failed: ${failure}`);
console.log(`\n${passed} passed, ${failures.length} failed`);
