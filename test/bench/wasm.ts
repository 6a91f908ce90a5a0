import path from 'node:path';
import { chromium, type Page } from 'playwright';
import { build, preview } from 'vite';
import { chromiumArguments, ensureBrowser } from '../../scripts/browser.mjs';
import type { WasmAnswer } from './page';

/** In a worker of a real browser, on WebAssembly, from a production build. `root` is the project's folder. */
async function inBrowser<T>(root: string, measure: (page: Page) => Promise<T>): Promise<T> {
  const outDir = path.join(root, 'dist/bench-page');
  const input = path.join(root, 'test/bench/page.html');
  await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true, rolldownOptions: { input } } });
  const server = await preview({ root, logLevel: 'error', build: { outDir }, preview: { port: 0 } });
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: chromiumArguments });
  try {
    const page = await browser.newPage();
    await page.goto(new URL('test/bench/page.html', server.resolvedUrls?.local[0]).href);
    return await measure(page);
  } finally {
    await browser.close();
    await server.close();
  }
}

export const measureWasm = (root: string, times: number): Promise<WasmAnswer> =>
  inBrowser(root, (page) => page.evaluate((count) => globalThis.measureLoopOnWasm(count), times));

export const measureTrainingOnWasm = (root: string, times: number): Promise<Pick<WasmAnswer, 'name' | 'training'>> =>
  inBrowser(root, (page) => page.evaluate((count) => globalThis.measureTrainingOnWasm(count), times));
