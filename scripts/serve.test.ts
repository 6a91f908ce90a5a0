import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve } from './serve.mjs';

const parent = mkdtempSync(join(tmpdir(), 'weft-serve-'));
let port = 0;

beforeAll(async () => {
  mkdirSync(join(parent, 'app'));
  mkdirSync(join(parent, 'app-secret'));
  writeFileSync(join(parent, 'app', 'index.html'), '<p>Weft</p>');
  writeFileSync(join(parent, 'app-secret', 'key'), 'secret');
  port = await serve(join(parent, 'app'), 46_173, false);
});
afterAll(() => rmSync(parent, { recursive: true }));

/** The status of an address exactly as written; `fetch` would tidy it. */
function statusOf(path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: 'localhost', port, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

test('the page comes isolated and with a policy that lets no foreign script in', async () => {
  const response = await fetch(`http://localhost:${port}/`);
  expect(await response.text()).toBe('<p>Weft</p>');
  expect(response.headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
  expect(response.headers.get('Cross-Origin-Embedder-Policy')).toBe('require-corp');
  expect(response.headers.get('Content-Security-Policy')).toContain("script-src 'self' 'wasm-unsafe-eval';");
});

test('an unchanged file is not sent twice', async () => {
  const tag = (await fetch(`http://localhost:${port}/index.html`)).headers.get('ETag') ?? '';
  const again = await fetch(`http://localhost:${port}/index.html`, { headers: { 'If-None-Match': tag } });
  expect(again.status).toBe(304);
});

test.each(['/nothing', '/../app-secret/key', '/%2e%2e/app-secret/key', '/..%2fapp-secret/key', '/%00', '/%'])(
  '%s is no file of the app',
  async (path) => {
    expect(await statusOf(path)).toBe(404);
  },
);

test('a port that is taken leads to the next one, or to an error where that port was asked for', async () => {
  expect(await serve(join(parent, 'app'), port, false)).toBeGreaterThan(port);
  await expect(serve(join(parent, 'app'), port, true)).rejects.toThrow('EADDRINUSE');
});
