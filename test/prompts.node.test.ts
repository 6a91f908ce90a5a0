import { readFile } from 'node:fs/promises';
import { createNodeDevice } from '../src/engine/device/node';
import { testPrompts } from './prompts';

testPrompts(createNodeDevice, (path) => readFile(new URL(`reference/${path}`, import.meta.url)).catch(() => undefined));
