import path from 'node:path';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { chromiumArguments, ensureBrowser } from '../../scripts/browser.mjs';
import type { WasmAnswer } from './page';

/** The denoise loop in a worker of a real browser, on WebAssembly, from a production build. `root` is the project's folder. */
export async function measureWasm(root: string, times: number): Promise<WasmAnswer> {
  const outDir = path.join(root, 'dist/bench-page');
  const input = path.join(root, 'test/bench/page.html');
  await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true, rolldownOptions: { input } } });
  const server = await preview({ root, logLevel: 'error', build: { outDir }, preview: { port: 0 } });
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: chromiumArguments });
  try {
    const page = await browser.newPage();
    await page.goto(new URL('test/bench/page.html', server.resolvedUrls?.local[0]).href);
    return await page.evaluate((count) => globalThis.measureLoopOnWasm(count), times);
  } finally {
    await browser.close();
    await server.close();
  }
}
