import { describe } from 'vitest';
import type { Device } from '../src/core/device';
import { testSmallestWord, testTraining } from './training';
import { webDevice } from './web-device';

const urls = import.meta.glob<string>('./reference/training/**/*', { query: '?url', import: 'default', eager: true });

async function read(path: string): Promise<Uint8Array | undefined> {
  const url = urls[`./reference/training/${path}`];
  return url === undefined ? undefined : new Uint8Array(await (await fetch(url)).arrayBuffer());
}

function once(prefer: 'wasm' | 'webgpu'): () => Promise<Device> {
  let device: Promise<Device> | undefined;
  return () => {
    device ??= webDevice(prefer)();
    return device;
  };
}

// WebAssembly's kernels add in another order than those of the processor: the worst of 64 matrices is off by 1.4e-5.
const tolerance = 2e-5;

describe('on wasm,', () => testTraining(once('wasm'), read, { steps: 10, tolerance }));

describe('on webgpu,', () => testSmallestWord(once('webgpu'), read));

// The emulated adapter compiles the pipelines of 2,000 kernels for minutes:
// VITE_WEBGPU=all npx vitest run --project browser test/training
if (import.meta.env.VITE_WEBGPU === 'all')
  describe('on webgpu,', () => testTraining(once('webgpu'), read, { steps: 4, tolerance }));
