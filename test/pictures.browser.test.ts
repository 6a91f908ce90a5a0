import { describe } from 'vitest';
import { testPictures } from './pictures';
import { webDevice } from './web-device';

const urls = import.meta.glob<string>('./reference/{models,pictures}/**/*', {
  query: '?url',
  import: 'default',
  eager: true,
});

async function read(path: string): Promise<Uint8Array | undefined> {
  const url = urls[`./reference/${path}`];
  return url === undefined ? undefined : new Uint8Array(await (await fetch(url)).arrayBuffer());
}

describe('on wasm,', () => testPictures(webDevice('wasm'), read));
// A software adapter computes them: two graphs take what dozens take on WebAssembly. All of them, in some minutes:
// VITE_WEBGPU=all npx vitest run --project browser test/pictures
const onWebGpu = import.meta.env.VITE_WEBGPU === 'all' ? undefined : ['euler', 'inpainting model'];
describe('on webgpu,', () => testPictures(webDevice('webgpu'), read, onWebGpu));
