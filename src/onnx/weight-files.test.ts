import { describe, expect, test } from 'vitest';
import { Graph } from './graph';
import { layWeights, weightFiles } from './weight-files';

function parameters(reads: string[], sizes: Readonly<Record<string, number>>) {
  const graph = new Graph();
  return Object.entries(sizes).map(([name, size]) =>
    graph.parameter(name, [size], () => {
      reads.push(name);
      return Float32Array.from({ length: size }, (_, i) => i + size);
    }),
  );
}

const bytesOf = (...numbers: number[]) => new Uint8Array(Float32Array.from(numbers).buffer);

describe('the virtual files of weights', () => {
  test('start a new window before an offset would pass its end', () => {
    const placed = [...layWeights(parameters([], { a: 20, b: 5, c: 30, d: 40, e: 1 }), 128).values()];
    expect(placed.map(({ path, offset }) => `${path} ${offset}`)).toEqual([
      'weights-0 0',
      'weights-0 80',
      'weights-1 0',
      // Larger than a window: a file of its own.
      'weights-2 0',
      'weights-3 0',
    ]);
  });

  test('read one parameter when its bytes are asked for, and no other', () => {
    const reads: string[] = [];
    const placed = layWeights(parameters(reads, { a: 2, b: 3 }));
    const [file] = weightFiles(placed.values());
    expect(reads).toEqual([]);
    expect(file?.read(16, 28)).toEqual(bytesOf(3, 4, 5));
    expect(reads).toEqual(['b']);
  });

  test('give any range, with zeros between the parameters', () => {
    const [file] = weightFiles(layWeights(parameters([], { a: 2, b: 3 })).values());
    expect(file?.size).toBe(28);
    expect(file?.read(0, 28)).toEqual(bytesOf(2, 3, 0, 0, 3, 4, 5));
    expect(file?.read(4, 20)).toEqual(bytesOf(3, 0, 0, 3));
    expect(() => file?.read(20, 32)).toThrow('lie outside the weight file');
  });

  test('refuse a parameter that is not as long as it was declared', () => {
    const graph = new Graph();
    const short = graph.parameter('short', [3], () => new Float32Array(2));
    const [file] = weightFiles(layWeights([short]).values());
    expect(() => file?.read(0, 12)).toThrow('The weight "short" has 2 numbers, but [3] was declared.');
  });
});
