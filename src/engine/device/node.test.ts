import { expect, test } from 'vitest';
import { defineNetwork } from '../../onnx/network';
import { add } from '../../onnx/ops/add';
import { createNodeDevice } from './node';

test('x', async () => {
  const device = await createNodeDevice();
  const net = defineNetwork('add', (g) => {
    const w = g.parameter('w', [3], () => Float32Array.of(1, 2, 3));
    const a = g.input('a', [2, 3]);
    g.output('y', add(a, w));
  });
  const { y } = await device.run(net, { a: device.tensor(Float32Array.of(1, 1, 1, 2, 2, 2), [2, 3]) });
  expect(await device.read(y!)).toEqual(Float32Array.of(2, 3, 4, 3, 4, 5));
});
