import { expect, test } from 'vitest';
import { defineNetwork } from '../../onnx/network';
import { add } from '../../onnx/ops/add';
import { createWebDevice } from './web';

test.each(['wasm', 'webgpu'] as const)('%s', async (kind) => {
  const t0 = performance.now();
  const device = await createWebDevice({ prefer: kind });
  console.log(device.kind, device.name, device.reason, performance.now() - t0);
  expect(device.kind).toBe(kind);
  const net = defineNetwork('add', (g) => {
    const w = g.parameter('w', [3], () => Float32Array.of(1, 2, 3));
    const a = g.input('a', [2, 3]);
    g.output('y', add(a, w));
  });
  const { y } = await device.run(net, { a: device.tensor(Float32Array.of(1, 1, 1, 2, 2, 2), [2, 3]) });
  console.log(y!.place);
  expect(await device.read(y!)).toEqual(Float32Array.of(2, 3, 4, 3, 4, 5));
});
