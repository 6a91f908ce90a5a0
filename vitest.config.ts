import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArguments, findBrowser, graphicsArguments } from './scripts/browser.mjs';
import vite from './vite.config.ts';

const executablePath = findBrowser();
const browserTests = '{src,nodes,models,test}/**/*.browser.test.{ts,tsx}';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['{src,nodes,models,test,scripts}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.browser.test.{ts,tsx}'],
          testTimeout: 30_000,
          // Files share the modules they load, which is a quarter of the time.
          isolate: false,
          // The other cores are for what runs beside these tests.
          env: { WEFT_THREADS: '1' },
        },
      },
      {
        ...vite,
        // Found at the start, so that no test is cut off by a reload when a dependency turns up late.
        optimizeDeps: { ...vite.optimizeDeps, entries: ['src/editor/editor.tsx', 'src/**/worker.ts', browserTests] },
        test: {
          name: 'browser',
          include: [browserTests],
          globalSetup: 'test/hub-server.setup.ts',
          testTimeout: 120_000,
          // Two pages at once would share one emulated graphics device and be the slower for it.
          fileParallelism: false,
          isolate: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                args: [...chromiumArguments, ...graphicsArguments],
                ...(executablePath && { executablePath }),
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
