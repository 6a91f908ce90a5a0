import { createServer } from 'node:net';
import { defineConfig } from '@playwright/test';
import { chromiumArguments, findBrowser } from './scripts/browser.mjs';

/** A port that nothing listens on. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

// The workers load this file again and must find the port that the first load chose.
process.env.WEFT_E2E_PORT ??= String(await freePort());
const port = process.env.WEFT_E2E_PORT;
const executablePath = findBrowser();

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  // Most of what these tests do is waiting for the page.
  workers: 2,
  forbidOnly: true,
  // A machine that is busy for a moment must not fail all of it; what needed a second try is named at the end.
  retries: 1,
  // A story on a busy machine.
  timeout: 240_000,
  expect: { timeout: 20_000 },
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1440, height: 900 },
    trace: 'off',
    // Without a graphics device: the page takes no emulated one, which is slower than WebAssembly.
    launchOptions: { args: chromiumArguments, ...(executablePath && { executablePath }) },
    // The page's process goes on to the next test, with all that it kept cleared: a third of what it takes to open the page.
    reuseContext: true,
    // Keeps all files of the page at the first visit, which only its own test wants.
    serviceWorkers: 'block',
  },
  webServer: {
    command: `node scripts/start.mjs --port ${port}`,
    url: `http://localhost:${port}/`,
    timeout: 300_000,
    stdout: 'ignore',
    stderr: 'pipe',
  },
});
