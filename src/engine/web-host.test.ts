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

test('what was made for a built-in model is a file, or a folder of its own, among others', async () => {
  const paths = ['canny/config.json', 'canny/unet.safetensors', 'canny.json', 'canny.png', 'canny-2/config.json'];
  const asked: string[] = [];
  vi.stubGlobal('fetch', async ({ href }: URL) => {
    asked.push(href.slice('http://host/models/tiny/fine-tunes/'.length));
    return asked.at(-1) === 'manifest.json'
      ? Response.json(
          [...paths, 'blueprint.png', 'blueprint.safetensors', 'pictures.png'].map((path) => ({
            path,
            sha256: 'ab'.repeat(32),
          })),
        )
      : new Response(null, { status: 404 });
  });
  const host = webHost({ models: 'http://host/models/', page: {} as PageServices, document: '' });
  const net = await host.folder('tiny/canny');
  expect(net.paths).toEqual(['config.json', 'unet.safetensors']);
  expect(await net.open('canny.json')).toBeUndefined();
  await expect(net.open('config.json')).rejects.toThrow('could not be read (404)');
  expect(asked).toEqual(['manifest.json', 'canny/config.json']);
  expect((await host.folder('tiny/blueprint')).paths).toEqual(['blueprint.safetensors']);
  expect((await host.folder('tiny/pictures')).paths).toEqual(['pictures.png']);
  await expect(host.folder('tiny/can')).rejects.toThrow('There is no model called tiny/can here.');
});
