import { chromium } from 'playwright';
import { createServer } from 'vite';
import { chromiumArguments, ensureBrowser } from '../../scripts/browser.mjs';
import type { LoopFigures } from './loop';

/** The denoise loop in a worker of a real browser, on WebAssembly. `root` is the project's folder. */
export async function measureWasm(root: string, times: number): Promise<{ name: string; figures: LoopFigures[] }> {
  const server = await createServer({
    root,
    logLevel: 'error',
    server: { port: 0 },
    optimizeDeps: { entries: ['test/bench/wasm-loop.ts'] },
  });
  await server.listen();
  const address = server.resolvedUrls?.local[0];
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: chromiumArguments });
  try {
    const page = await browser.newPage();
    await page.goto(`${address}test/bench/page.html`);
    return await page.evaluate(
      ({ models, times: count }) =>
        new Promise<{ name: string; figures: LoopFigures[] }>((resolve, reject) => {
          const worker = new Worker('/test/bench/wasm-loop.ts', { type: 'module' });
          worker.onmessage = ({ data }) => (data.failure ? reject(new Error(data.failure)) : resolve(data));
          worker.onerror = (event) => reject(new Error(event.message));
          worker.postMessage({ models, times: count });
        }),
      { models: `${address}models/`, times },
    );
  } finally {
    await browser.close();
    await server.close();
  }
}
