import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { scaleNetwork, testDevice } from '../../../test/device-cases';
import { createNodeDevice } from './node';

describe('the processor', () => {
  testDevice(
    'cpu',
    () => createNodeDevice({ memory: 2 ** 40 }),
    async (name) => {
      return new Uint8Array(await readFile(new URL(`../../../test/fixtures/${name}`, import.meta.url)));
    },
  );
});

describe('the processor, with weights as inputs', () => {
  testDevice(
    'cpu',
    () => createNodeDevice({ bindUpTo: 0, memory: 2 ** 40 }),
    async (name) => {
      return new Uint8Array(await readFile(new URL(`../../../test/fixtures/${name}`, import.meta.url)));
    },
  );
});

test('the session that was not used for longest is released when the weights exceed the capacity', async () => {
  const megabyte = 2 ** 20;
  const device = await createNodeDevice({ capacity: 7 * megabyte });
  const numbers = megabyte / 2;
  const [first, second, third] = [1, 2, 3].map((weight) => scaleNetwork(`${weight}`, weight, numbers));
  if (!first || !second || !third) throw new Error('There are three.');
  // Each holds 2 MiB of weights and counts 1 MiB more: two fit.
  const order = [first, second, first, third, first, second];
  for (const network of order) await device.load(network);
  expect([first.made, second.made, third.made]).toEqual([1, 2, 1]);
  await device.release();
});
