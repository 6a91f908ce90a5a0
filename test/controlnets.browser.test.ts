import { describe } from 'vitest';
import { testControlNets } from './controlnets';
import { webDevice } from './web-device';

const urls = import.meta.glob<string>('./reference/{models,controlnets}/**/*', {
  query: '?url',
  import: 'default',
  eager: true,
});

async function read(path: string): Promise<Uint8Array | undefined> {
  const url = urls[`./reference/${path}`];
  return url === undefined ? undefined : new Uint8Array(await (await fetch(url)).arrayBuffer());
}

describe.each(['wasm', 'webgpu'] as const)('on %s,', (prefer) => {
  // All of them run on the processor. Guess mode shows on the emulated adapter what others do, too: sums with zeros.
  testControlNets(webDevice(prefer), read, prefer === 'wasm' ? ['two nets', 'velocity'] : ['guess mode']);
});
