import { readFile } from 'node:fs/promises';
import { describe } from 'vitest';
import { createNodeDevice } from '../src/engine/device/node';
import { testMicroModels, testParts } from './micro-models';

const read = (path: string) =>
  readFile(new URL(`reference/models/${path}`, import.meta.url)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });

testMicroModels(createNodeDevice, read);
testParts(createNodeDevice, read);
describe('in plain operators', () => testMicroModels(createNodeDevice, read, { fused: false }));
describe('with weights as inputs', () => testMicroModels(() => createNodeDevice({ bindUpTo: 0 }), read));
describe('with half-precision weights kept as they are', () =>
  testMicroModels(createNodeDevice, read, { fused: true, precision: 'float16-weights' }));
describe('in half precision', () => testMicroModels(createNodeDevice, read, { fused: true, precision: 'float16' }));
