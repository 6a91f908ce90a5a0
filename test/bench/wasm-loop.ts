import template from '../../graphs/text-to-image.weft.json?raw';
import { parseDocument } from '../../src/core/document';
import { createWebDevice } from '../../src/engine/device/web';
import { webHost } from '../../src/engine/web-host';
import { type LoopFigures, measureFirstPictures, measureLoop } from './loop';

addEventListener('message', async ({ data }: MessageEvent<{ models: string; times: number }>) => {
  try {
    const newDevice = () => createWebDevice({ prefer: 'wasm' });
    const nothing = { problem: { what: 'There are no models here but the built-in one.' } };
    const page = {
      file: async () => undefined,
      model: async () => nothing,
      embeddings: async () => [],
      save: async () => {},
    };
    const host = webHost({ models: data.models, page, document: '' });
    const first = await measureFirstPictures(newDevice, host, parseDocument(template));
    const device = await newDevice();
    const figures: LoopFigures[] = await measureLoop(device, host, parseDocument(template), data.times);
    postMessage({ name: device.name, first, figures });
  } catch (thrown) {
    postMessage({ failure: String(thrown) });
  }
});
