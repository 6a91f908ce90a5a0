import { describe } from 'vitest';
import type { Device } from '../src/core/device';
import { testMicroModels, testParts } from './micro-models';
import { testOperators } from './operators';
import { webDevice } from './web-device';

const urls = import.meta.glob<string>('./reference/models/**/*', { query: '?url', import: 'default', eager: true });

async function read(path: string): Promise<Uint8Array | undefined> {
  const url = urls[`./reference/models/${path}`];
  return url === undefined ? undefined : new Uint8Array(await (await fetch(url)).arrayBuffer());
}

describe.each(['wasm', 'webgpu'] as const)('on %s,', (prefer) => {
  let device: Promise<Device> | undefined;
  const makeDevice = () => {
    device ??= webDevice(prefer)();
    return device;
  };

  testOperators(makeDevice);
  testMicroModels(makeDevice, read);
  testParts(makeDevice, read);
});
