import type { TestProject } from 'vitest/node';
import { startHub } from './hub-server.node';
import { noise } from './noise-bytes';

declare module 'vitest' {
  interface ProvidedContext {
    hubUrl: string;
  }
}

/** A hub on this machine for the tests that run in a browser: `inject('hubUrl')`. */
export default async function setUp(project: TestProject) {
  const hub = await startHub({ 'someone/model': { 'weights.safetensors': noise(600_000) } });
  project.provide('hubUrl', hub.url);
  return () => hub.close();
}
