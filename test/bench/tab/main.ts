/**
 * `npm run bench -- --tab`: what recording every value of a 48-step run adds to the memory of a tab. A run has about twice
 * what the budget allows, so that half of it goes to the private file system. Linux only.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { chromiumArguments, ensureBrowser } from '../../../scripts/browser.mjs';
import { browserMemory } from '../browser-memory';
import type { RunOrder } from './worker';

const root = path.resolve(import.meta.dirname, '../..');
const [steps, count, budget] = [48, 8, 4e6];
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

const outDir = path.join(root, 'dist/bench-tab-page');
const input = path.join(root, 'test/bench/tab/page.html');
await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true, rolldownOptions: { input } } });
const server = await preview({ root, logLevel: 'error', build: { outDir }, preview: { port: 0 } });
// A profile on the disk: without one, the private file system is in the browser's memory.
const profile = mkdtempSync(path.join(tmpdir(), 'weft-bench-'));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: ensureBrowser(),
  // Measured when it is asked for, and not when the browser finds the time.
  args: [...chromiumArguments, '--enable-blink-features=ForceEagerMeasureMemory'],
});
try {
  const page = await browser.newPage();
  await page.goto(new URL('test/bench/tab/page.html', server.resolvedUrls?.local[0]).href);
  const renderer = () => browserMemory().get('renderer') ?? 0;
  /** What the tab has when a run is over and what it left is held, and the most that its process had meanwhile. */
  async function run(order: Omit<RunOrder, 'models'>) {
    let peak = renderer();
    const watch = setInterval(() => {
      peak = Math.max(peak, renderer());
    }, 100);
    const answer = await page.evaluate((what) => globalThis.runLoopInTab(what), order);
    clearInterval(watch);
    const held = await page.evaluate(() => globalThis.memoryOfTab());
    const what = order.budget === undefined ? 'without recording' : `with ${megabytes(answer.recorded)} recorded`;
    console.log(
      `${order.steps} steps of ${count} pictures ${what}: tab ${megabytes(held)}, its process at most ${megabytes(peak)}`,
    );
    return held;
  }
  // Sessions, compiled code and the heap of WebAssembly come with the first run.
  await run({ seed: 1, steps: 2, count, budget: undefined });
  const plain = await run({ seed: 2, steps, count, budget: undefined });
  const recorded = await run({ seed: 3, steps, count, budget });
  const added = (recorded - plain) / budget;
  console.log(
    `memory that recording adds to the tab ÷ budget of ${megabytes(budget)}: ${added.toFixed(2)}   goal ≤ 1.2   ${added <= 1.2 ? 'met' : 'NOT MET'}`,
  );
} finally {
  await browser.close();
  await server.close();
  rmSync(profile, { recursive: true, force: true });
}
