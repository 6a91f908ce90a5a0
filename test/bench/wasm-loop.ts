import template from '../../graphs/text-to-image.weft.json?raw';
import { parseDocument } from '../../src/core/document';
import { createWebDevice } from '../../src/engine/device/web';
import { openSpillFile } from '../../src/engine/recording/spill-file';
import { webHost } from '../../src/engine/web-host';
import { type LoopFigures, measureFirstPictures, measureLoop } from './loop';
import { measureRecording } from './recording';
import { measureTraining } from './training';

addEventListener('message', async ({ data }: MessageEvent<{ models: string; times: number; only?: 'training' }>) => {
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
    if (data.only === 'training') {
      const device = await newDevice();
      postMessage({ name: device.name, training: await measureTraining(device, host, data.times) });
      return;
    }
    const first = await measureFirstPictures(newDevice, host, parseDocument(template));
    const device = await newDevice();
    const figures: LoopFigures[] = await measureLoop(device, host, parseDocument(template), data.times);
    // Messages that nobody takes, as costly as those to the page.
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = () => {};
    const recording = await measureRecording(
      device,
      host,
      parseDocument(template),
      data.times,
      openSpillFile,
      (event) => event.type === 'pictured' && port1.postMessage(event),
    );
    port1.close();
    await device.release();
    const training = await measureTraining(device, host, data.times);
    postMessage({ name: device.name, first, figures, recording, training });
  } catch (thrown) {
    postMessage({ failure: String(thrown) });
  }
});
