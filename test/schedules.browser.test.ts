import { createWebDevice } from '../src/engine/device/web';
import { testSchedules } from './schedules';

testSchedules(async () => {
  const device = await createWebDevice({ prefer: 'wasm' });
  if (device.kind !== 'wasm') throw new Error(`There is no WebAssembly here: ${device.reason}`);
  return device;
});
