import { readFile } from 'node:fs/promises';
import { createNodeDevice } from '../src/engine/device/node';
import { testTraining } from './training';

const read = (path: string) =>
  readFile(new URL(`reference/training/${path}`, import.meta.url)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });

testTraining(createNodeDevice, read, { half: true });
