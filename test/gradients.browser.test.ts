import { describe } from 'vitest';
import type { Device } from '../src/core/device';
import { createWebDevice } from '../src/engine/device/web';
import { testGradients } from './gradients';

describe.each(['wasm', 'webgpu'] as const)('on %s,', (prefer) => {
  let device: Promise<Device> | undefined;
  const makeDevice = () => {
    device ??= createWebDevice({ prefer }).then((made) => {
      if (made.kind !== prefer) throw new Error(`There is no ${prefer} here: ${made.reason}`);
      return made;
    });
    return device;
  };
  // Most of the time goes into pipelines; one direction shows any element that is wrong.
  testGradients(makeDevice, [0.37]);
});
