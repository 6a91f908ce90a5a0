import { expect, test } from 'vitest';
import weights from '../../test/fixtures/odd-offsets.weights?url';
import { bytesOfBlob } from './bytes';

test('a worker reads ranges of a file synchronously, and none outside of it', async () => {
  const program = `
    import { bytesOfBlob } from ${JSON.stringify(new URL('./bytes.ts', import.meta.url).href)};
    onmessage = ({ data }) => {
      const source = bytesOfBlob(data);
      let refusal = '';
      try { source.read(2, 6); } catch (error) { refusal = error.message; }
      postMessage({ size: source.size, middle: source.read(1, 4), empty: source.read(5, 5), refusal });
    };
    postMessage('ready');`;
  const address = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
  const worker = new Worker(address, { type: 'module' });
  const message = () =>
    new Promise((resolve) => worker.addEventListener('message', ({ data }) => resolve(data), { once: true }));
  await message();
  worker.postMessage(new Blob([Uint8Array.of(10, 20, 30, 40, 50)]));
  expect(await message()).toEqual({
    size: 5,
    middle: Uint8Array.of(20, 30, 40),
    empty: new Uint8Array(0),
    refusal: 'Bytes 2 to 6 were asked for, but the source has 5 bytes.',
  });
  worker.terminate();
  URL.revokeObjectURL(address);
});

test('the page itself is told that it cannot read so', () => {
  expect(() => bytesOfBlob(new Blob([]))).toThrow('only inside a worker');
});

test('a worker reads ranges of a file on a server synchronously', async () => {
  const program = `
    import { bytesOfUrl } from ${JSON.stringify(new URL('./bytes-of-url.ts', import.meta.url).href)};
    const source = bytesOfUrl(${JSON.stringify(new URL(weights, location.href).href)});
    postMessage({ size: source.size, middle: source.read(3, 40) });`;
  const address = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
  const worker = new Worker(address, { type: 'module' });
  const answer = await new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data), { once: true });
    worker.addEventListener('error', ({ message }) => reject(new Error(message)), { once: true });
  });
  const whole = new Uint8Array(await (await fetch(weights)).arrayBuffer());
  expect(answer).toEqual({ size: whole.length, middle: whole.slice(3, 40) });
  worker.terminate();
  URL.revokeObjectURL(address);
});
