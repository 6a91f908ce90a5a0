import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Device, Network, Tensor } from '../src/core/device';
import { bytesInMemory } from '../src/formats/bytes';
import { openSafetensors } from '../src/formats/safetensors';
import { defineNetwork } from '../src/onnx/network';
import { add } from '../src/onnx/ops/add';
import { attention } from '../src/onnx/ops/attention';
import { multiply } from '../src/onnx/ops/multiply';

/** `x * weight + weight` for `[2, n]`, with a count of the sessions that were made of it. */
export function scaleNetwork(key: string, weight: number, n = 3): Network & { readonly made: number } {
  const network = defineNetwork(key, (graph) => {
    const scale = graph.parameter('scale', [n], () => new Float32Array(n).fill(weight));
    graph.output('y', add(multiply(graph.input('x', [2, n]), scale), scale));
  });
  let made = 0;
  const { unbound } = network;
  return {
    key,
    weights: network.weights,
    ...(unbound && {
      unbound: {
        weights: unbound.weights,
        model() {
          made++;
          return unbound.model();
        },
      },
    }),
    get made() {
      return made;
    },
    model() {
      made++;
      return network.model();
    },
  };
}

const ones = () => new Float32Array(6).fill(1);

export function output(results: Readonly<Record<string, Tensor>>, name = 'y'): Tensor {
  const tensor = results[name];
  if (!tensor) throw new Error(`The network has no output "${name}".`);
  return tensor;
}

/** What every device must do. `fixture` reads a file of test/fixtures. */
export function testDevice(
  kind: Device['kind'],
  open: () => Promise<Device>,
  fixture: (name: string) => Promise<Uint8Array>,
): void {
  let device: Device;
  beforeAll(async () => {
    device = await open();
    expect(device.kind, device.reason ?? '').toBe(kind);
  });
  afterAll(() => device.release());

  test('computes what torch computes, with weights at odd offsets of a file', async () => {
    const golden = openSafetensors(bytesInMemory(await fixture('odd-offsets.safetensors')));
    const model = await fixture('odd-offsets.onnx');
    const weights = { path: 'weights', ...bytesInMemory(await fixture('odd-offsets.weights')) };
    const network: Network = { key: 'odd offsets', model: () => model, weights: [weights] };
    const { y } = await device.run(network, { x: device.tensor(golden.read('x').slice(), [1, 2, 5, 5]) });
    const result = await device.read(output({ ...(y && { y }) }));
    const expected = golden.read('y');
    expect(y?.dims).toEqual([1, 4]);
    for (const [i, value] of expected.entries()) expect(result[i]).toBeCloseTo(value, 5);
  });

  test('fused attention agrees with plain attention', async () => {
    const [n, s, width] = [2, 24, 32];
    const build = (fused: boolean) =>
      defineNetwork(
        'attention',
        (graph) => {
          const input = (name: string) => graph.input(name, [n, s, width]);
          graph.output('y', attention(input('q'), input('k'), input('v'), { heads: 4, causal: false }));
        },
        { fused },
      );
    const wave = (speed: number) => Float32Array.from({ length: n * s * width }, (_, i) => Math.sin(i * i * speed) * 2);
    const feeds = {
      q: device.tensor(wave(0.11), [n, s, width]),
      k: device.tensor(wave(0.23), [n, s, width]),
      v: device.tensor(wave(0.37), [n, s, width]),
    };
    const fused = await device.read(output(await device.run(build(true), feeds)));
    const plain = await device.read(output(await device.run(build(false), feeds)));
    expect(fused.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (plain[i] ?? 0))), 0)).toBeLessThan(1e-5);
  });

  test('feeds an output to the next run, as often as wanted, and reads it before and after', async () => {
    const network = scaleNetwork('chain', 2);
    const first = output(await device.run(network, { x: device.tensor(ones(), [2, 3]) }));
    expect(first.place).toBe(kind === 'webgpu' ? 'gpu' : 'host');
    expect(first.bytes).toBe(24);
    expect(await device.read(first)).toEqual(new Float32Array(6).fill(4));
    const second = output(await device.run(network, { x: first }));
    const third = output(await device.run(network, { x: first }));
    expect(await device.read(second)).toEqual(new Float32Array(6).fill(10));
    expect(await device.read(third)).toEqual(new Float32Array(6).fill(10));
    expect(await device.read(first)).toEqual(new Float32Array(6).fill(4));
  });

  test('runs, loads and reads at once take turns', async () => {
    const networks = [1, 2, 3].map((weight) => scaleNetwork(`turns ${weight}`, weight));
    const x = device.tensor(ones(), [2, 3]);
    const runs = [...networks, ...networks].map(async (network) => {
      await device.load(network);
      return device.read(output(await device.run(network, { x })));
    });
    const results = await Promise.all(runs);
    expect(results.map((result) => result[0])).toEqual([2, 4, 6, 2, 4, 6]);
  });

  test('networks of equal keys share a session, until it is released', async () => {
    const [network, same] = [scaleNetwork('shared', 2), scaleNetwork('shared', 2)];
    const x = device.tensor(ones(), [2, 3]);
    await device.load(network);
    await device.run(network, { x });
    await device.run(same, { x });
    expect([network.made, same.made]).toEqual([1, 0]);
    await device.release((key) => key === 'shared');
    await device.run(same, { x });
    expect(same.made).toBe(0);
    await device.release((key) => key !== 'shared');
    await device.run(same, { x });
    expect(same.made).toBe(1);
  });

  test('tensors outlive the sessions that made them', async () => {
    const network = scaleNetwork('outlived', 2);
    const y = output(await device.run(network, { x: device.tensor(ones(), [2, 3]) }));
    await device.release();
    expect(await device.read(y)).toEqual(new Float32Array(6).fill(4));
    const z = output(await device.run(network, { x: y }));
    await device.release();
    device.dispose(y);
    expect(await device.read(z)).toEqual(new Float32Array(6).fill(10));
  });

  test('refuses a disposed tensor with a sentence', async () => {
    const network = scaleNetwork('disposed', 2);
    const x = device.tensor(ones(), [2, 3]);
    const y = output(await device.run(network, { x }));
    for (const tensor of [x, y, y]) device.dispose(tensor);
    await expect(device.read(y)).rejects.toThrow('A tensor [2,3] was disposed. It cannot be read any more.');
    await expect(device.run(network, { x })).rejects.toThrow('It cannot be fed to the input "x" any more.');
  });

  test('a tensor disposed while a run waits for it is still fed to that run', async () => {
    const network = scaleNetwork('disposed early', 2);
    const x = device.tensor(ones(), [2, 3]);
    const runs = [device.run(network, { x }), device.run(network, { x })];
    device.dispose(x);
    for (const results of await Promise.all(runs)) {
      expect(await device.read(output(results))).toEqual(new Float32Array(6).fill(4));
    }
  });

  test('refuses numbers that do not fill the shape, and tensors of others', async () => {
    expect(() => device.tensor(ones(), [2, 2])).toThrow('6 numbers do not fill a tensor of the shape [2,2].');
    const foreign: Tensor = { type: 'float32', dims: [1], bytes: 4, place: 'host' };
    await expect(device.read(foreign)).rejects.toThrow('not a tensor that a device made');
  });

  test('a failure is told with the network and the cause, and the next run works', async () => {
    const network = scaleNetwork('sound', 2);
    const x = device.tensor(ones(), [2, 3]);
    const bad: Network = { key: 'broken', weights: [], model: () => new Uint8Array(64).fill(7) };
    await expect(device.run(bad, { x })).rejects.toThrow(/could not load the network "broken": .*protobuf/i);
    const unreadable = defineNetwork('unreadable', (graph) => {
      const read = () => {
        throw new Error('The disk is gone.');
      };
      graph.output('y', add(graph.input('x', [2, 3]), graph.parameter('w', [3], read)));
    });
    await expect(device.load(unreadable)).rejects.toThrow('could not load the network "unreadable": The disk is gone.');
    await expect(device.run(network, {})).rejects.toThrow(`could not run the network "sound": input 'x' is missing`);
    const short = device.tensor(new Float32Array(4), [2, 2]);
    await expect(device.run(network, { x: short })).rejects.toThrow(/could not run the network "sound": .*dimensions/i);
    expect(await device.read(output(await device.run(network, { x })))).toEqual(new Float32Array(6).fill(4));
  });

  test('refuses a network that cannot fit before it is loaded, and says why', async () => {
    const network = scaleNetwork('too large', 2);
    const size = 1e15;
    const footprint = {
      weights: size,
      convolutions: 0,
      activations: 0,
      largest: { bytes: size, what: 'the weight "w"' },
    };
    const large = Object.defineProperty(Object.create(network), 'footprint', { value: footprint });
    await expect(device.load(large)).rejects.toThrow(/needs 1000000 GB of weights|the weight "w" has 1000000 GB/);
    expect(network.made).toBe(0);
  });

  test('tells which networks it loads and runs, as long as somebody watches', async () => {
    const used: string[] = [];
    const unwatch = device.watch((key) => used.push(key));
    const network = scaleNetwork('watched', 2);
    await device.load(network);
    await device.run(network, { x: device.tensor(ones(), [2, 3]) });
    unwatch();
    await device.run(network, { x: device.tensor(ones(), [2, 3]) });
    expect(used).toEqual(['watched', 'watched']);
  });

  test('counts its runs and their time', async () => {
    const { runs, milliseconds } = device.spent;
    await device.run(scaleNetwork('counted', 2), { x: device.tensor(ones(), [2, 3]) });
    expect(device.spent.runs).toBe(runs + 1);
    expect(device.spent.milliseconds).toBeGreaterThan(milliseconds);
  });
}
