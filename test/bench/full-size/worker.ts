import { CLIP_VOCABULARY } from '../../../models/clip-vocabulary';
import { openModel } from '../../../models/open-model';
import type { ByteSource } from '../../../src/core/device';
import { createWebDevice } from '../../../src/engine/device/web';
import { webHost } from '../../../src/engine/web-host';
import { bytesOfBlob } from '../../../src/formats/bytes';
import { bytesOfUrl } from '../../../src/formats/bytes-of-url';
import { evaluate, watchLoading } from './evaluation';
import type { Answer, Task } from './page';

interface Order {
  readonly task: Task;
  readonly file: File;
  readonly models: string;
  readonly url: string;
}

const tell = (answer: Answer) => postMessage(answer);

async function copyToPrivateFiles(file: File): Promise<File> {
  const root = await navigator.storage.getDirectory();
  const handle = await root.getFileHandle('checkpoint.safetensors', { create: true });
  await file.stream().pipeTo(await handle.createWritable());
  return handle.getFile();
}

addEventListener('message', async ({ data: { task, file, models, url } }: MessageEvent<Order>) => {
  try {
    const device = await createWebDevice({ prefer: task.prefer });
    const begin = performance.now();
    const stored = task.source === 'private file system' ? await copyToPrivateFiles(file) : file;
    tell({ device: device.name, copied: performance.now() - begin });
    const bytes = (): ByteSource => (task.source === 'range requests' ? bytesOfUrl(url) : bytesOfBlob(stored));
    const nothing = { problem: { what: 'There are no models here but the built-in ones.' } };
    const page = {
      file: async () => undefined,
      model: async () => nothing,
      embeddings: async () => [],
      save: async () => {},
    };
    const vocabulary = () => webHost({ models, page, document: '' }).folder(CLIP_VOCABULARY);
    const folder = { key: 'full-size', title: 'full size', paths: ['a.safetensors'], open: async () => bytes() };
    const { unet } = await openModel(folder, { vocabulary });
    if (!unet) throw new Error('The file has no UNet.');
    const watched = watchLoading(device, async (loading) => {
      tell({ loading });
      // What loading alone takes is measured until the browser is closed.
      if (loading.load > 0 && !task.evaluates) await new Promise(() => {});
    });
    tell(await evaluate(watched, unet, 1));
  } catch (thrown) {
    tell({ failure: thrown instanceof Error ? thrown.message : String(thrown) });
  }
});
