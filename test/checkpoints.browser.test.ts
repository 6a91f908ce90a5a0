import { describe, expect, test } from 'vitest';
import { testCheckpoints } from './checkpoints';
import { webDevice } from './web-device';

const urls = import.meta.glob<string>(
  ['./reference/{checkpoints,pictures}/**/*', '../models/clip-vocabulary/model/*'],
  { query: '?url', import: 'default', eager: true },
);

async function read(path: string): Promise<Uint8Array | undefined> {
  const url = urls[path.startsWith('../../') ? path.slice('../'.length) : `./reference/${path}`];
  return url === undefined ? undefined : new Uint8Array(await (await fetch(url)).arrayBuffer());
}

describe.each(['wasm', 'webgpu'] as const)('on %s,', (prefer) => {
  // The emulated adapter takes 15 seconds for a picture; VITE_WEBGPU=all makes both there, too.
  const both = prefer === 'wasm' || import.meta.env.VITE_WEBGPU === 'all';
  testCheckpoints(webDevice(prefer), read, both ? ['sd1', 'sd2 velocity'] : ['sd1']);
});

test('the page is served CLIP’s vocabulary', async () => {
  const served = await fetch('/models/clip-vocabulary/manifest.json');
  const [entry] = (await served.json()) as { path: string; size: number }[];
  const file = await fetch(`/models/clip-vocabulary/${entry?.path}`);
  expect((await file.arrayBuffer()).byteLength).toBe(entry?.size);
  expect(entry?.size).toBe((await read('../../models/clip-vocabulary/model/merges.bin'))?.length);
});
