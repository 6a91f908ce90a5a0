import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { Editor } from './editor';

const app = fileURLToPath(new URL('../../dist/app', import.meta.url));

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** A host that serves files below a folder of its own, and can be told no headers. */
async function plainHost(): Promise<{ server: Server; address: string; change: (path: string, text: string) => void }> {
  const changed = new Map<string, string>();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const name = decodeURIComponent(pathname.replace(/^\/weft\//, '')) || 'index.html';
    Promise.resolve(changed.get(name) ?? readFile(path.join(app, name))).then(
      (body) =>
        response.writeHead(200, { 'Content-Type': types[path.extname(name)] ?? 'application/octet-stream' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, address: `http://localhost:${port}/weft/`, change: (name, text) => changed.set(name, text) };
}

test.use({ serviceWorkers: 'allow' });

test('after one visit a new tab opens, edits, runs and saves without a network, with threads; a new version asks first', async ({
  context,
}) => {
  const { server, address, change } = await plainHost();
  const first = await context.newPage();
  await first.addInitScript(() => localStorage.setItem('weft-toured', 'yes'));
  await first.goto(address);
  await expect(first.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await first.evaluate(() => crossOriginIsolated)).toBe(false);
  await first.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await expect(first.getByRole('status').filter({ hasText: 'computes faster after a reload' })).toBeVisible();

  // A new version is fetched, and waits until somebody wants it.
  const worker = await readFile(path.join(app, 'service-worker.js'), 'utf8');
  change('service-worker.js', `${worker}\n// The next version.\n`);
  await first.evaluate(async () => (await navigator.serviceWorker.ready).update().then(() => undefined));
  const update = first.getByRole('status').filter({ hasText: 'There is a new version of Weft.' });
  await expect(update).toBeVisible();
  expect(await first.evaluate(async () => Boolean((await navigator.serviceWorker.ready).waiting))).toBe(true);
  await Promise.all([first.waitForEvent('load'), update.getByRole('button', { name: 'Reload' }).click()]);
  await expect(first.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await first.evaluate(async () => Boolean((await navigator.serviceWorker.ready).waiting))).toBe(false);
  await first.close();

  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await expect(fetch(address)).rejects.toThrow();

  const page = await context.newPage();
  await page.addInitScript(() => localStorage.setItem('weft-toured', 'yes'));
  await page.goto(address);
  const editor = new Editor(page);
  await expect(page.getByRole('button', { name: /^Device: WebAssembly, \d threads/ })).toBeVisible();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await editor.type('Scheduler', 'steps', '2');
  await editor.run.click();
  await expect(editor.node('Image preview').getByRole('img')).toBeVisible({ timeout: 90_000 });
  const { name, text } = await editor.save();
  expect(name).toBe('text-to-image.weft.json');
  expect(text).toContain('"steps":2');
});
