import type { Device } from '../src/core/device';
import { createWebDevice } from '../src/engine/device/web';

const made = new Map<string, Promise<Device>>();

/**
 * The device in the browser that is asked for, and not the one that takes its place. All tests share it, since the
 * emulated graphics device takes longest over pipelines that it has not seen.
 */
export const webDevice = (prefer: 'wasm' | 'webgpu') => (): Promise<Device> => {
  let device = made.get(prefer);
  if (!device) {
    device = createWebDevice({ prefer }).then((one) => {
      if (one.kind !== prefer) throw new Error(`There is no ${prefer} here: ${one.reason}`);
      return one;
    });
    made.set(prefer, device);
  }
  return device;
};
