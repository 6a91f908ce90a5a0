import { expect, test } from 'vitest';
import { defineNetwork } from '../../onnx/network';
import { add } from '../../onnx/ops/add';
import { multiply } from '../../onnx/ops/multiply';
import { createWebDevice } from './web';

const net = (key: string, c: number, n = 3, read = () => new Float32Array(n).fill(c)) =>
  defineNetwork(key, (g) => {
    const w = g.parameter('w', [n], read);
    g.output('y', add(multiply(g.input('a', [2, n]), w), w));
  });
const attempt = async (label: string, f: () => Promise<unknown>) => {
  try {
    console.log(
      label,
      'OK',
      JSON.stringify(await Promise.race([f(), new Promise((ok) => setTimeout(ok, 8000, 'HANG'))])),
    );
  } catch (e) {
    console.log(label, 'ERR', String(e));
  }
};
test.each(['wasm', 'webgpu'] as const)('%s', async (kind) => {
  let gpu: GPUDevice | undefined;
  const live = 0;
  const orig = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (...a) {
    gpu = await orig.apply(this, a);
    return gpu;
  };
  const oc = GPUDevice.prototype.createBuffer;
  const od = GPUBuffer.prototype.destroy;
  const alive = new Set<GPUBuffer>();
  GPUDevice.prototype.createBuffer = function (d) {
    const b = oc.call(this, d);
    alive.add(b);
    return b;
  };
  GPUBuffer.prototype.destroy = function () {
    alive.delete(this);
    return od.call(this);
  };
  const device = await createWebDevice({ prefer: kind });
  console.log('alive after create', alive.size, [...alive].map((b) => b.size).join());
  const A = net('A', 2),
    B = net('B', 3);
  const x = device.tensor(Float32Array.of(1, 1, 1, 2, 2, 2), [2, 3]);
  const { y } = await device.run(A, { a: x });
  await device.release();
  console.log('alive after release', alive.size);
  await attempt('read after release', async () => [...(await device.read(y!))]);
  await attempt('feed after release', async () => [...(await device.read((await device.run(B, { a: y! })).y!))]);
  await device.release();
  await attempt('dispose after release', async () => {
    device.dispose(y!);
  });
  await attempt('again', async () => [...(await device.read((await device.run(B, { a: x })).y!))]);
  await attempt('weights fail', () =>
    device.run(
      net('C', 1, 3, () => {
        throw new Error('The disk is gone.');
      }),
      { a: x },
    ),
  );
  await attempt('again', async () => [...(await device.read((await device.run(B, { a: x })).y!))]);
  await attempt('bad shape', () => device.run(B, { a: device.tensor(new Float32Array(4), [1, 4]) }));
  await attempt('missing', () => device.run(B, {}));
  await attempt('extra', () => device.run(B, { a: x, b: x }));
  await attempt('bad model', () =>
    device.run({ key: 'bad', weights: [], model: () => new Uint8Array(100).fill(7) }, { a: x }),
  );
  await attempt('again', async () => [...(await device.read((await device.run(B, { a: x })).y!))]);
  console.log('alive', alive.size);
  if (kind === 'webgpu') {
    const pending = [
      device.load(net('big', 1, 1_000_000)),
      device.run(net('big2', 1, 1_000_000), { a: device.tensor(new Float32Array(2e6), [2, 1e6]) }),
      device.read(y2(await device.run(A, { a: x }))),
    ];
    gpu?.destroy();
    for (const [i, p] of pending.entries()) await attempt('lost ' + i, () => p);
    await attempt('lost later', () => device.run(A, { a: x }));
    await attempt('lost read', () => device.release());
    const again = await createWebDevice({ prefer: kind });
    console.log('again', again.kind, again.name, again.reason);
    await attempt('run', async () => [
      ...(await again.read((await again.run(B, { a: again.tensor(Float32Array.of(1, 1, 1, 2, 2, 2), [2, 3]) })).y!)),
    ]);
  }
  function y2(o: any) {
    return o.y;
  }
  GPUAdapter.prototype.requestDevice = orig;
  GPUDevice.prototype.createBuffer = oc;
  GPUBuffer.prototype.destroy = od;
});
