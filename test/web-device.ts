import type { Device } from '../src/core/device';
import { createWebDevice } from '../src/engine/device/web';
import { defineNetwork } from '../src/onnx/network';
import { add } from '../src/onnx/ops/add';

const made = new Map<string, Promise<Device>>();

/** ONNX Runtime forgets all pipelines with the last session of a device, so one stays when tests release theirs. */
async function keepPipelines(device: Device): Promise<Device> {
  const kept = defineNetwork('kept', (graph) => {
    const x = graph.input('x', [1]);
    graph.output('y', add(x, x));
  });
  await device.load(kept);
  const release = device.release.bind(device);
  device.release = (keep = () => false) => release((key) => key === kept.key || keep(key));
  return device;
}

/**
 * The device in the browser that is asked for, and not the one that takes its place. All tests share it, since the
 * emulated graphics device takes longest over pipelines that it has not seen.
 */
export const webDevice = (prefer: 'wasm' | 'webgpu') => (): Promise<Device> => {
  let device = made.get(prefer);
  if (!device) {
    device = createWebDevice({ prefer }).then((one) => {
      if (one.kind !== prefer) throw new Error(`There is no ${prefer} here: ${one.reason}`);
      return keepPipelines(one);
    });
    made.set(prefer, device);
  }
  return device;
};
