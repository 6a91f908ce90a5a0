import { describe } from 'vitest';
import { testOnnxFolders } from './onnx-folders';
import { webDevice } from './web-device';

const urls = import.meta.glob<string>('./reference/onnx-folders/**/*', {
  query: '?url',
  import: 'default',
  eager: true,
});

async function read(path: string): Promise<Uint8Array | undefined> {
  const url = urls[`./reference/${path}`];
  return url === undefined ? undefined : new Uint8Array(await (await fetch(url)).arrayBuffer());
}

describe.each(['wasm', 'webgpu'] as const)('on %s,', (prefer) => {
  // The software adapter of the tests has no half precision, and takes half a minute for a picture, which is made there when
  // asked for: VITE_WEBGPU=all npx vitest run --project browser test/onnx-folders
  const graphs = prefer === 'wasm' || import.meta.env.VITE_WEBGPU === 'all';
  testOnnxFolders(webDevice(prefer), read, [prefer === 'wasm' ? 'fp16' : 'fp32'], graphs);
});
