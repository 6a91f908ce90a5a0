import { describe } from 'vitest';
import { testLoras } from './loras';
import { webDevice } from './web-device';

const urls = import.meta.glob<string>('./reference/{models,loras}/**/*', {
  query: '?url',
  import: 'default',
  eager: true,
});

async function read(path: string): Promise<Uint8Array | undefined> {
  const url = urls[`./reference/${path}`];
  return url === undefined ? undefined : new Uint8Array(await (await fetch(url)).arrayBuffer());
}

/** Every form in which a change enters a graph: thin branches beside both kinds of layers, and changed weights. */
const cases = ['convolutions in the names of LDM', 'loha-tucker'];

describe.each(['wasm', 'webgpu'] as const)('on %s,', (prefer) => {
  testLoras(webDevice(prefer), read, cases);
});
