import { describe } from 'vitest';
import { testPrompts } from './prompts';
import { webDevice } from './web-device';

const urls = import.meta.glob<string>('./reference/{models,prompts}/**/*', {
  query: '?url',
  import: 'default',
  eager: true,
});

async function read(path: string): Promise<Uint8Array | undefined> {
  const url = urls[`./reference/${path}`];
  return url === undefined ? undefined : new Uint8Array(await (await fetch(url)).arrayBuffer());
}

describe('on wasm,', () => testPrompts(webDevice('wasm'), read));
