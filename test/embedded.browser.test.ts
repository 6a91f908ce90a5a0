import { describe } from 'vitest';
import type { Host } from '../src/core/define-node';
import { modelName } from '../src/core/model-reference';
import { bytesInMemory } from '../src/formats/bytes';
import { testEmbedded } from './embedded';
import embedded from './reference/embedded.safetensors?url';
import { webDevice } from './web-device';

const files = import.meta.glob<string>('../models/tiny/model/**/*', { query: '?url', import: 'default', eager: true });
const bytes = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());
const unused = () => Promise.reject(new Error('This graph has no files.'));
const host: Host = {
  document: '',
  open: unused,
  decodeImage: unused,
  save: unused,
  folder: async (reference) => ({
    key: modelName(reference),
    title: modelName(reference),
    paths: Object.keys(files).map((file) => file.slice('../models/tiny/model/'.length)),
    async open(path) {
      const url = files[`../models/tiny/model/${path}`];
      return url === undefined ? undefined : bytesInMemory(await bytes(url));
    },
  }),
};
const recorded = () => bytes(embedded);

describe('on wasm,', () => testEmbedded(webDevice('wasm'), host, recorded, 25));
// A software adapter needs ten seconds or more for an evaluation of this model.
describe('on webgpu,', () => testEmbedded(webDevice('webgpu'), host, recorded, 2));
