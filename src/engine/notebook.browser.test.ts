import { expect, test } from 'vitest';
import { pageNotebook } from './notebook';

test('a notebook of a page gives back what was kept last, and says where there is no room', async () => {
  const notebook = pageNotebook('notebook-test');
  expect(await notebook.read('a lesson')).toBeUndefined();
  expect(await notebook.write('a lesson', Uint8Array.of(1, 2, 3))).toBe(true);
  expect(await notebook.write('a lesson', Uint8Array.of(4, 5))).toBe(true);
  expect(await pageNotebook('notebook-test').read('a lesson')).toEqual(Uint8Array.of(4, 5));
  const { createWritable } = FileSystemFileHandle.prototype;
  FileSystemFileHandle.prototype.createWritable = () => Promise.reject(new DOMException('Full.', 'QuotaExceededError'));
  try {
    expect(await notebook.write('a lesson', Uint8Array.of(6))).toBe(false);
  } finally {
    FileSystemFileHandle.prototype.createWritable = createWritable;
  }
  expect(await notebook.read('a lesson')).toEqual(Uint8Array.of(4, 5));
});

test('only one page at a time works at the same, until it says that it is done', async () => {
  const [here, there] = [pageNotebook('notebook-test'), pageNotebook('notebook-test')];
  const release = await here.claim?.('a lesson');
  expect(release).toBeTypeOf('function');
  expect(await there.claim?.('a lesson')).toBeUndefined();
  const other = await there.claim?.('another lesson');
  expect(other).toBeTypeOf('function');
  release?.();
  other?.();
  await expect.poll(async () => (await there.claim?.('a lesson')) !== undefined).toBe(true);
});
