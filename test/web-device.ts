import type { Device } from '../src/core/device';
import { createWebDevice } from '../src/engine/device/web';

/** Makes a device in the browser that is the one that is asked for, and not the one that takes its place. */
export const webDevice = (prefer: 'wasm' | 'webgpu') => async (): Promise<Device> => {
  const made = await createWebDevice({ prefer });
  if (made.kind !== prefer) throw new Error(`There is no ${prefer} here: ${made.reason}`);
  return made;
};
