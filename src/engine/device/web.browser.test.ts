import { afterEach, describe, expect, test } from 'vitest';
import { output, scaleNetwork, testDevice } from '../../../test/device-cases';
import model from '../../../test/fixtures/odd-offsets.onnx?url';
import golden from '../../../test/fixtures/odd-offsets.safetensors?url';
import weights from '../../../test/fixtures/odd-offsets.weights?url';
import { defineNetwork } from '../../onnx/network';
import { add } from '../../onnx/ops/add';
import { multiply } from '../../onnx/ops/multiply';
import { createWebDevice } from './web';

const files: Readonly<Record<string, string>> = {
  'odd-offsets.onnx': model,
  'odd-offsets.safetensors': golden,
  'odd-offsets.weights': weights,
};

async function fixture(name: string): Promise<Uint8Array> {
  const response = await fetch(files[name] ?? name);
  return new Uint8Array(await response.arrayBuffer());
}

describe('WebAssembly', () => {
  testDevice('wasm', () => createWebDevice({ prefer: 'wasm' }), fixture);
});

describe('WebGPU', () => {
  testDevice('webgpu', () => createWebDevice({ prefer: 'webgpu' }), fixture);
});

describe.each(['wasm', 'webgpu'] as const)('weights on %s', (prefer) => {
  test('are asked for one tensor at a time, never as a file', async () => {
    const device = await createWebDevice({ prefer });
    const network = defineNetwork('two weights', (graph) => {
      const weight = (name: string) => graph.parameter(name, [3], () => new Float32Array(3).fill(2));
      graph.output('y', add(multiply(graph.input('x', [2, 3]), weight('a')), weight('b')));
    });
    const ranges = new Set<string>();
    const weights = network.weights.map((file) => ({
      ...file,
      read(begin: number, end: number) {
        ranges.add(`${begin} to ${end}`);
        return file.read(begin, end);
      },
    }));
    const x = device.tensor(new Float32Array(6).fill(1), [2, 3]);
    const y = output(await device.run({ key: 'two weights', model: network.model, weights }, { x }));
    expect(await device.read(y)).toEqual(new Float32Array(6).fill(4));
    expect([...ranges].sort()).toEqual(['0 to 12', '16 to 28']);
    await device.release();
  });

  test('in a file of 4 GiB are refused, because ONNX Runtime would read the wrong ones', async () => {
    const device = await createWebDevice({ prefer });
    const weights = [{ path: 'huge', size: 2 ** 32, read: () => new Uint8Array(0) }];
    const network = { ...scaleNetwork('huge', 2), weights };
    await expect(device.load(network)).rejects.toThrow('"huge" has 4294967296 bytes; offsets end at 4 GiB');
  });
});

describe('a device of the browser', () => {
  const { requestAdapter } = GPU.prototype;
  const { requestDevice } = GPUAdapter.prototype;
  const { createBuffer } = GPUDevice.prototype;
  const { destroy } = GPUBuffer.prototype;
  afterEach(() => {
    Object.assign(GPU.prototype, { requestAdapter });
    Object.assign(GPUAdapter.prototype, { requestDevice });
    Object.assign(GPUDevice.prototype, { createBuffer });
    Object.assign(GPUBuffer.prototype, { destroy });
  });

  test('falls to WebAssembly with a reason where no adapter answers', async () => {
    GPU.prototype.requestAdapter = async () => null;
    const device = await createWebDevice();
    expect(device.kind).toBe('wasm');
    expect(device.reason).toBe('No graphics adapter answered.');
  });

  test('falls to WebAssembly with a reason where the adapter gives no device', async () => {
    GPUAdapter.prototype.requestDevice = () => Promise.reject(new Error('Out of luck.'));
    const device = await createWebDevice({ prefer: 'webgpu' });
    expect(device.kind).toBe('wasm');
    expect(device.reason).toBe('The graphics adapter gave no device: Out of luck.');
  });

  test('takes WebAssembly where the only adapter is software, unless WebGPU is asked for', async () => {
    const device = await createWebDevice();
    expect(device.kind).toBe('wasm');
    expect(device.reason).toMatch(/^The only graphics adapter is software \(.*swiftshader.*\)/i);
  });

  test('falls to WebAssembly where the adapter computes attention wrongly', async () => {
    const { writeBuffer } = GPUQueue.prototype;
    GPUQueue.prototype.writeBuffer = function (buffer, offset, data, ...rest) {
      const changed = data instanceof Float32Array ? data.map((value) => value * 1.01) : data;
      writeBuffer.call(this, buffer, offset, changed as BufferSource, ...rest);
    };
    try {
      const device = await createWebDevice({ prefer: 'webgpu' });
      expect(device.kind).toBe('wasm');
      expect(device.reason).toMatch(/^WebGPU computes attention wrongly on this graphics adapter/);
    } finally {
      GPUQueue.prototype.writeBuffer = writeBuffer;
    }
  });

  test('a device without subgroups is asked for, with the limits of the adapter', async () => {
    let asked: GPUDeviceDescriptor | undefined;
    GPUAdapter.prototype.requestDevice = function (descriptor) {
      asked = descriptor;
      expect(descriptor?.requiredLimits?.maxBufferSize).toBe(this.limits.maxBufferSize);
      return requestDevice.call(this, descriptor);
    };
    const device = await createWebDevice({ prefer: 'webgpu' });
    expect(device.kind).toBe('webgpu');
    expect(asked?.requiredFeatures ?? []).toEqual([]);
  });

  test('no buffer is left when tensors are disposed and sessions released', async () => {
    const live = new Set<GPUBuffer>();
    GPUDevice.prototype.createBuffer = function (descriptor) {
      const buffer = createBuffer.call(this, descriptor);
      live.add(buffer);
      return buffer;
    };
    GPUBuffer.prototype.destroy = function () {
      live.delete(this);
      return destroy.call(this);
    };
    const device = await createWebDevice({ prefer: 'webgpu' });
    const network = scaleNetwork('buffers', 2);
    await device.load(network);
    const x = device.tensor(new Float32Array(6), [2, 3]);
    const y = output(await device.run(network, { x }));
    await device.read(y);
    await expect(device.run(network, {})).rejects.toThrow();
    for (const tensor of [x, y]) device.dispose(tensor);
    await device.release();
    expect(live.size).toBe(0);
  });

  test('a want of memory on the adapter is told at the next read, once, and when weights are loaded', async () => {
    const device = await createWebDevice({ prefer: 'webgpu' });
    const [network, other] = [scaleNetwork('short', 2), scaleNetwork('short of weights', 2)];
    const x = device.tensor(new Float32Array(6).fill(1), [2, 3]);
    await device.load(network);
    const { pushErrorScope, popErrorScope } = GPUDevice.prototype;
    const scopes: GPUErrorFilter[] = [];
    GPUDevice.prototype.pushErrorScope = function (filter) {
      scopes.push(filter);
      pushErrorScope.call(this, filter);
    };
    GPUDevice.prototype.popErrorScope = async function () {
      const short = scopes.pop() === 'out-of-memory';
      const error = await popErrorScope.call(this);
      return short ? new GPUOutOfMemoryError('No room.') : error;
    };
    try {
      const y = output(await device.run(network, { x }));
      const sentence = /^The graphics adapter ran out of memory.* \(No room\.\)$/;
      await expect(device.read(y)).rejects.toThrow(sentence);
      expect(await device.read(y)).toEqual(new Float32Array(6).fill(4));
      await expect(device.load(other)).rejects.toThrow(/"short of weights": The graphics adapter ran out of memory/);
    } finally {
      Object.assign(GPUDevice.prototype, { pushErrorScope, popErrorScope });
    }
    expect(await device.read(output(await device.run(other, { x })))).toEqual(new Float32Array(6).fill(4));
  });

  test('a run is not queued before all but one of the earlier ones have ended', async () => {
    const device = await createWebDevice({ prefer: 'webgpu' });
    const network = scaleNetwork('paced', 2);
    const x = device.tensor(new Float32Array(6).fill(1), [2, 3]);
    const first = output(await device.run(network, { x }));
    const ended: (() => void)[] = [];
    const { onSubmittedWorkDone } = GPUQueue.prototype;
    GPUQueue.prototype.onSubmittedWorkDone = () => new Promise((resolve) => ended.push(() => resolve(undefined)));
    try {
      await device.run(network, { x });
      const { runs } = device.spent;
      const third = device.run(network, { x });
      // Time enough for a run that does not wait.
      for (let i = 0; i < 5; i++) await device.read(first);
      expect(device.spent.runs).toBe(runs);
      ended[0]?.();
      await third;
      expect(device.spent.runs).toBe(runs + 1);
    } finally {
      GPUQueue.prototype.onSubmittedWorkDone = onSubmittedWorkDone;
    }
  });

  test('when the graphics device is lost every call is refused with a sentence, and a new device works', async () => {
    let gpu: GPUDevice | undefined;
    GPUAdapter.prototype.requestDevice = async function (descriptor) {
      gpu = await requestDevice.call(this, descriptor);
      return gpu;
    };
    const device = await createWebDevice({ prefer: 'webgpu' });
    const network = scaleNetwork('lost', 2);
    const x = device.tensor(new Float32Array(6).fill(1), [2, 3]);
    const y = output(await device.run(network, { x }));
    const reading = device.read(y);
    gpu?.destroy();
    await expect(reading).rejects.toThrow(/graphics device .*lost/);
    await expect(device.lost).resolves.toMatch(/^The graphics device was lost \(.+\)\. Run again/);
    const refusal = /^The graphics device was lost/;
    await expect(device.run(network, { x })).rejects.toThrow(refusal);
    await expect(device.load(network)).rejects.toThrow(refusal);
    await expect(device.read(y)).rejects.toThrow(refusal);

    const next = await createWebDevice({ prefer: 'webgpu' });
    const again = await next.run(network, { x: next.tensor(new Float32Array(6).fill(1), [2, 3]) });
    expect(await next.read(output(again))).toEqual(new Float32Array(6).fill(4));
    await next.release();
  });
});
