import { expose } from 'comlink';
import { registry } from '../../nodes/registry';
import type { Device } from '../core/device';
import { writeDocument } from '../core/document';
import { OutputCache } from './cache';
import { RunControl } from './control';
import { createWebDevice } from './device/web';
import type { RunEvent } from './events';
import { plan } from './plan';
import { run } from './run';
import { TensorUse } from './tensor-use';
import { webHost } from './web-host';
import type { EngineApi, PageServices } from './worker-api';

/** What cached values may hold. Latents and pictures are small; a long trajectory is not. */
const budget = { gpu: 512 * 2 ** 20, host: 512 * 2 ** 20 };

interface Started {
  readonly device: Device;
  readonly use: TensorUse;
  readonly cache: OutputCache;
  readonly models: string;
  readonly page: PageServices;
}

let started: Started | undefined;
let control: RunControl | undefined;
let emit: (event: RunEvent) => void = () => {};

const api: EngineApi = {
  async start(options, page) {
    const device = await createWebDevice(options.prefer ? { prefer: options.prefer } : {});
    const use = new TensorUse(device);
    started = { device, use, cache: new OutputCache(use, budget), models: options.models, page };
    return { kind: device.kind, name: device.name, ...(device.reason !== undefined && { reason: device.reason }) };
  },

  async run(document, targets, onEvent) {
    if (!started) throw new Error('The engine was not started.');
    if (control) throw new Error('A graph is running already.');
    const { device, use, cache, models, page } = started;
    control = new RunControl();
    emit = onEvent;
    try {
      const host = webHost({ models, page, document: writeDocument(document) });
      return await run(plan(document, registry, targets), { device, host, use, control, emit }, cache);
    } finally {
      control = undefined;
    }
  },

  pause() {
    if (!control || control.paused) return;
    control.pause();
    emit({ type: 'paused' });
  },

  resume() {
    if (!control?.paused) return;
    control.resume();
    emit({ type: 'resumed' });
  },

  cancel() {
    control?.cancel();
  },
};

expose(api);
