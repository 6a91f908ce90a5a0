import { describe } from 'vitest';
import { createWebDevice } from '../src/engine/device/web';
import { testPrompts } from './prompts';

const urls = import.meta.glob<string>('./reference/{models,prompts}/**/*', {
  query: '?url',
  import: 'default',
  eager: true,
});

async function read(path: string): Promise<Uint8Array | undefined> {
  const url = urls[`./reference/${path}`];
  return url === undefined ? undefined : new Uint8Array(await (await fetch(url)).arrayBuffer());
}

const device = async () => {
  const made = await createWebDevice({ prefer: 'wasm' });
  if (made.kind !== 'wasm') throw new Error(`There is no WebAssembly here: ${made.reason}`);
  return made;
};

describe('on wasm,', () => testPrompts(device, read));
