import { afterEach, expect, test, vi } from 'vitest';
import { webHost } from './web-host';
import type { PageServices } from './worker-api';

const weights = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);

afterEach(() => vi.unstubAllGlobals());

test('a large file beside the app is read piece by piece, and not as a whole', async () => {
  let whole = 0;
  vi.stubGlobal('fetch', async (url: URL) => {
    if (url.href.endsWith('manifest.json'))
      return Response.json([{ path: 'unet.safetensors', sha256: 'ab'.repeat(32) }]);
    const body = new ReadableStream({
      pull(controller) {
        whole++;
        controller.enqueue(weights);
      },
    });
    const headers = { 'content-length': String(2 ** 31), 'accept-ranges': 'bytes' };
    return Object.defineProperty(new Response(body, { headers }), 'url', { value: url.href });
  });
  const asked: string[] = [];
  vi.stubGlobal(
    'XMLHttpRequest',
    class {
      status = 206;
      response = weights.buffer;
      open(_method: string, url: string) {
        asked.push(url);
      }
      setRequestHeader(_name: string, range: string) {
        asked.push(range);
      }
      send() {}
      getResponseHeader = (name: string) => (name === 'content-range' ? 'bytes 0-999/1000' : null);
    },
  );
  const host = webHost({ models: 'http://host/models/', page: {} as PageServices, document: '' });
  const bytes = await (await host.folder('large')).open('unet.safetensors');
  expect(bytes?.read(10, 20)).toEqual(weights.slice(10, 20));
  expect(asked).toEqual(['http://host/models/large/unet.safetensors', 'bytes=0-262143']);
  // A stream fetches one piece ahead.
  expect(whole).toBeLessThanOrEqual(1);
});
