/**
 * `npm run bench -- --tab`: what recording every value of a 48-step run adds to the memory of a tab. A run has about three times
 * what the budget allows, so that two thirds of it go to the private file system. Linux only; takes a few minutes.
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
const [count, budget] = [16, 8e6];
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

const outDir = path.join(root, 'dist/bench-tab-page');
const input = path.join(root, 'test/bench/tab/page.html');
await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true, rolldownOptions: { input } } });
const server = await preview({ root, logLevel: 'error', build: { outDir }, preview: { port: 0 } });
// A profile on the disk: without one, the private file system is in the browser's memory.
const profile = mkdtempSync(path.join(tmpdir(), 'weft-bench-'));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: ensureBrowser(),
  args: chromiumArguments,
});
try {
  const page = await browser.newPage();
  await page.goto(new URL('test/bench/tab/page.html', server.resolvedUrls?.local[0]).href);
  const renderer = () => browserMemory().get('renderer') ?? 0;
  /** The most memory that the tab had while it ran. */
  async function most(order: Omit<RunOrder, 'models'>) {
    let peak = renderer();
    const watch = setInterval(() => {
      peak = Math.max(peak, renderer());
    }, 100);
    const answer = await page.evaluate((what) => globalThis.runLoopInTab(what), order);
    clearInterval(watch);
    return { peak, ...answer };
  }
  // Once without counting: sessions, compiled code and the heap of WebAssembly come with the first run.
  await most({ seed: 1, count, budget: undefined });
  const plain = [];
  const recorded = [];
  for (let i = 0; i < 2; i++) {
    plain.push(await most({ seed: 2 * i + 2, count, budget: undefined }));
    recorded.push(await most({ seed: 2 * i + 3, count, budget }));
  }
  const peakOf = (runs: readonly { readonly peak: number }[]) => Math.max(...runs.map(({ peak }) => peak));
  const added = peakOf(recorded) - peakOf(plain);
  console.log(
    `48 steps of ${count} pictures in Chromium, WebAssembly; every value recorded: ${megabytes(recorded[0]?.recorded ?? 0)}`,
  );
  console.log(`most memory of the tab without recording: ${plain.map(({ peak }) => megabytes(peak)).join(', ')}`);
  console.log(`most memory of the tab with recording:    ${recorded.map(({ peak }) => megabytes(peak)).join(', ')}`);
  console.log(
    `added ÷ budget of ${megabytes(budget)}: ${(added / budget).toFixed(2)}   goal ≤ 1.2   ${added <= 1.2 * budget ? 'met' : 'NOT MET'}`,
  );
} finally {
  await browser.close();
  await server.close();
  rmSync(profile, { recursive: true, force: true });
}
