import { describe } from 'vitest';
import type { Device } from '../src/core/device';
import { testGradients } from './gradients';
import { webDevice } from './web-device';

describe.each(['wasm', 'webgpu'] as const)('on %s,', (prefer) => {
  let device: Promise<Device> | undefined;
  const makeDevice = () => {
    device ??= webDevice(prefer)();
    return device;
  };
  // Most of the time goes into pipelines; one direction shows any element that is wrong.
  testGradients(makeDevice, [0.37]);
});
