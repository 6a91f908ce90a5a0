import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createNodeDevice } from '../src/engine/device/node';
import { expectCastGradient, operatorsOfCases, testGradients } from './gradients';

testGradients(createNodeDevice);

test('the gradient goes through half precision and back', async () => expectCastGradient(await createNodeDevice()));

test('no operator of the builder is left out', () => {
  const folder = new URL('../src/onnx/ops/', import.meta.url);
  const declared = readdirSync(folder).flatMap((file) => {
    const source = readFileSync(new URL(file, folder), 'utf8');
    return [...source.matchAll(/: Operator<[^=]*= \{\n {2}name: '(\w+)'/g)].map(([, name]) => name as string);
  });
  expect(declared.length).toBeGreaterThan(40);
  const covered = operatorsOfCases();
  expect(declared.filter((name) => !covered.has(name))).toEqual([]);
});
