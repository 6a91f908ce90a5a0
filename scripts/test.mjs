/** `npm test`: from a fresh clone to one line, `N passed, N failed`. A check, a build or a stage that dies is a failure. */
import './node-version.mjs';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { buildApp, root } from './build.mjs';
import { check } from './check.mjs';
import { ensureInstalled } from './install.mjs';
import { reportSize } from './size.mjs';

/** @typedef {{ passed: number, failed: number }} Count */

const reports = mkdtempSync(join(tmpdir(), 'weft-test-'));

/**
 * Runs a test runner that writes a JSON report and counts what the report says. A runner that ends badly without a
 * failed test in its report has failed once; so has one that ran nothing.
 * @param {string} stage
 * @param {string} module
 * @param {string[]} options
 * @param {(report: any) => Count} read
 * @returns {Count}
 */
function run(stage, module, options, read) {
  const report = join(reports, `${stage}.json`);
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules', module), ...options.map((option) => option.replace('REPORT', report))],
    { cwd: root, stdio: 'inherit', env },
  );
  /** @type {Count} */
  let count = { passed: 0, failed: 0 };
  try {
    count = read(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    console.error(`The ${stage} tests left no report.`);
  }
  const died = status !== 0 || count.passed + count.failed === 0;
  return died && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/** @param {string} project */
function vitest(project) {
  return run(
    project,
    'vitest/vitest.mjs',
    ['run', '--project', project, '--reporter=default', '--reporter=json', '--outputFile.json=REPORT'],
    (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests }),
  );
}

function playwright() {
  return run('e2e', '@playwright/test/cli.js', ['test', '--reporter=list,json'], ({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
  }));
}

/** @type {[string, () => Count | Promise<Count>][]} */
const stages = [
  ['Checks', () => ({ passed: 0, failed: check().length })],
  ['Unit tests', () => vitest('node')],
  ['Browser tests', () => vitest('browser')],
  ['Build and its size', async () => ({ passed: 0, failed: reportSize(await buildApp()) ? 0 : 1 })],
  ['End-to-end tests', playwright],
];

const total = { passed: 0, failed: 0 };
try {
  ensureInstalled();
  process.env.CHROME_PATH = ensureBrowser();
  for (const [title, stage] of stages) {
    const begin = performance.now();
    console.log(`\n== ${title}`);
    try {
      const { passed, failed } = await stage();
      total.passed += passed;
      total.failed += failed;
    } catch (error) {
      console.error(error);
      total.failed += 1;
    }
    console.log(`== ${title}: ${((performance.now() - begin) / 1000).toFixed(0)} s`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  total.failed += 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
}
process.exitCode = total.failed > 0 ? 1 : 0;
console.log(`\n${total.passed} passed, ${total.failed} failed`);
