import { expose } from 'comlink';
import { registry } from '../../nodes/registry';
import type { Device } from '../core/device';
import { type Document, writeDocument } from '../core/document';
import { OutputCache } from './cache';
import { RunControl } from './control';
import { createWebDevice } from './device/web';
import type { Outcome, RunEvent } from './events';
import { expandSubgraphs } from './expand';
import { type KeptCells, keptCells } from './kept-cells';
import { pageNotebook } from './notebook';
import { cellBudget } from './notebook-budget';
import { plan } from './plan';
import { memoryProblems } from './problems/memory';
import { Profiler } from './profile/profiler';
import { about } from './recording/about';
import { decode } from './recording/decode';
import { LivePictures } from './recording/live-pictures';
import { Recordings } from './recording/recordings';
import { openSpillFile } from './recording/spill-file';
import { run } from './run';
import type { RunScope } from './run-node';
import { SessionUse } from './session-use';
import { TensorUse } from './tensor-use';
import { webHost } from './web-host';
import type { EngineApi, PageServices } from './worker-api';

/** What cached values may hold. Latents and pictures are small; a long trajectory is not. */
const budget = { gpu: 512 * 2 ** 20, host: 512 * 2 ** 20 };

interface Engine {
  readonly device: Device;
  readonly use: TensorUse;
  readonly cache: OutputCache;
  /** The graphics device went away: its tensors are gone, and so is all that the cache holds. */
  lost: boolean;
  readonly kept: KeptCells;
  /** How many of the device's remarks were told. */
  told: number;
}

const sessions = new SessionUse(registry);
const recordings = new Recordings(openSpillFile);
let settings: { readonly options: Parameters<EngineApi['start']>[0]; readonly page: PageServices } | undefined;
let engine: Engine | undefined;
let control: RunControl | undefined;
let emit: (event: RunEvent) => void = () => {};

async function openEngine({ prefer, memory, models }: Parameters<EngineApi['start']>[0]): Promise<Engine> {
  const device = await createWebDevice({
    ...(prefer && { prefer }),
    ...(memory !== undefined && { capacity: memory }),
  });
  const use = new TensorUse(device);
  // This file's name changes with the program; the embedded model has a name only.
  let program: Promise<string> | undefined;
  const kept = keptCells(device, pageNotebook('cells', cellBudget), () => {
    program ??= embeddedModel(models).then((model) => [import.meta.url, device.name, model].join('\n'));
    return program;
  });
  const made: Engine = { device, use, cache: new OutputCache(use, budget), kept, lost: false, told: 0 };
  device.lost?.then(() => {
    made.lost = true;
  });
  return made;
}

/** A run that takes nothing from those before it and leaves nothing to those after. */
async function runAnew(scope: RunScope, document: Document, targets: readonly string[] | undefined): Promise<Outcome> {
  const cache = new OutputCache(scope.use, budget);
  try {
    return await sessions.during(document, scope.device, () => run(plan(document, registry, targets), scope, cache));
  } finally {
    cache.clear();
  }
}

const embeddedModel = async (models: string) => (await fetch(new URL('tiny/manifest.json', models))).text();

const api: EngineApi = {
  async start(options, page) {
    settings = { options, page };
    engine = await openEngine(options);
    const { kind, name, reason } = engine.device;
    return { kind, name, ...(reason !== undefined && { reason }) };
  },

  async run(document, targets, onEvent, { anew = false, profile = false, from } = {}) {
    if (!settings || !engine) throw new Error('The engine was not started.');
    if (control) throw new Error('A graph is running already.');
    const { options, page } = settings;
    control = new RunControl(() => onEvent({ type: 'paused' }));
    emit = onEvent;
    let profiler: Profiler | undefined;
    try {
      if (engine.lost) engine = await openEngine(options);
      const { device, use, cache, kept } = engine;
      if (profile) {
        const watching = new Profiler(device);
        profiler = watching;
        emit = (event) => {
          if (event.type === 'finished') onEvent({ type: 'profiled', profile: watching.end() });
          onEvent(event);
        };
      }
      const written = writeDocument(document);
      const embeddings = await page.embeddings(written);
      const host = webHost({ models: options.models, page, document: written, embeddings });
      const scope = { device, host, use, control, emit, profiler };
      if (anew) {
        const apart = { ...scope, host: { ...host, save: async () => {} } };
        return await runAnew(apart, document, targets);
      }
      const recorder = recordings.begin(document.id, device, new LivePictures(emit));
      const resume = from && { ...from, source: recorder };
      const outcome = await sessions.during(document, device, () =>
        run(plan(document, registry, targets), { ...scope, kept, recorder, resume }, cache),
      );
      recorder.settle(new Set(expandSubgraphs(document, registry).document.nodes.map(({ id }) => id)));
      return outcome;
    } finally {
      profiler?.end();
      for (const sentence of engine.device.remarks.slice(engine.told)) onEvent({ type: 'remark', sentence });
      engine.told = engine.device.remarks.length;
      control = undefined;
    }
  },

  async recorded(graph) {
    return recordings.index(graph);
  },

  async valueOf(graph, address) {
    return recordings.of(graph).valueOf(address);
  },

  previewsOf(graph, addresses, most) {
    return Promise.all(addresses.map((address) => recordings.of(graph).previewOf(address, most)));
  },

  record(settings) {
    recordings.settings = settings;
  },

  async decoded(graph, address, image = 0) {
    return engine && decode(engine.device, recordings.of(graph), address, image);
  },

  async about(graph, address) {
    return about(recordings.of(graph), address);
  },

  async memory(document) {
    if (!settings || !engine || engine.lost || control) return undefined;
    const { device, use } = engine;
    const written = writeDocument(document);
    const host = webHost({ models: settings.options.models, page: settings.page, document: written });
    return memoryProblems(document, registry, device, async (ids) => {
      const opened = new Map<string, Record<string, unknown>>();
      const scope: RunScope = {
        device,
        host,
        use,
        control: new RunControl(),
        emit: () => {},
        observe({ node, port, value }) {
          opened.set(node, { ...opened.get(node), [port]: value });
        },
      };
      await run(plan(document, registry, ids), scope, new OutputCache(use, budget));
      return opened;
    });
  },

  async close(graph) {
    recordings.close(graph);
    if (engine) await sessions.close(graph, engine.device);
  },

  pause() {
    control?.pause();
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
