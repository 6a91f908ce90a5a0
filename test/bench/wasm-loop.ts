import template from '../../graphs/text-to-image.weft.json?raw';
import { parseDocument } from '../../src/core/document';
import { createWebDevice } from '../../src/engine/device/web';
import { webHost } from '../../src/engine/web-host';
import { type LoopFigures, measureLoop } from './loop';

addEventListener('message', async ({ data }: MessageEvent<{ models: string; times: number }>) => {
  try {
    const device = await createWebDevice({ prefer: 'wasm' });
    const page = { file: async () => undefined, save: async () => {} };
    const host = webHost({ models: data.models, page, document: '' });
    const figures: LoopFigures[] = await measureLoop(device, host, parseDocument(template), data.times);
    postMessage({ name: device.name, figures });
  } catch (thrown) {
    postMessage({ failure: String(thrown) });
  }
});
