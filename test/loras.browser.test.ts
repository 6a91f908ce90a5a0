import { describe } from 'vitest';
import { createWebDevice } from '../src/engine/device/web';
import { testLoras } from './loras';

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
  const device = async () => {
    const made = await createWebDevice({ prefer });
    if (made.kind !== prefer) throw new Error(`There is no ${prefer} here: ${made.reason}`);
    return made;
  };
  testLoras(device, read, cases);
});
