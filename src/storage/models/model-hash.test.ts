import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { modelHash } from './model-hash';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

it('names a model of one file by the hash of the file', () => {
  expect(modelHash([{ path: 'a.safetensors', sha256: sha256('a') }])).toBe(`sha256:${sha256('a')}`);
});

it('names a folder by what sha256sum prints of it, whatever the order of its files', () => {
  const files = [
    { path: 'vae/config.json', sha256: 'b'.repeat(64) },
    { path: 'model_index.json', sha256: 'c'.repeat(64) },
  ];
  const listing = `${'c'.repeat(64)}  model_index.json\n${'b'.repeat(64)}  vae/config.json\n`;
  expect(modelHash(files)).toBe(`sha256:${sha256(listing)}`);
  expect(modelHash(files.toReversed())).toBe(`sha256:${sha256(listing)}`);
});
