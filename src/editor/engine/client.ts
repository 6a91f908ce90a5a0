import { proxy, wrap } from 'comlink';
import { createStore } from 'zustand/vanilla';
import type { SavedFile } from '../../core/define-node';
import type { Document } from '../../core/document';
import { upstream } from '../../core/graph';
import { problemOf } from '../../core/problem';
import type { RunEvent } from '../../engine/events';
import type { EngineApi } from '../../engine/worker-api';
import { keptFile } from '../../storage/files';
import { rollSeeds } from '../document/seeds';
import { download } from '../files/download';
import { notify, notifyFailure } from '../notify';
import { registry } from '../registry';
import { currentDocument, documentStore, edit } from '../state/document-store';
import { after, begun, edited, runStore } from '../state/run-store';
import { showTab, updateRun } from '../state/tabs';
import { reportOutcome } from './report';

interface DeviceState {
  readonly state: 'starting' | 'ready' | 'failed';
  /** "WebGPU · NVIDIA". */
  readonly name: string;
  /** Why this device and not a faster one, or why there is none. */
  readonly reason?: string | undefined;
}

export const deviceStore = createStore<DeviceState>(() => ({ state: 'starting', name: 'Starting' }));

const engine = wrap<EngineApi>(
  new Worker(new URL('../../engine/worker.ts', import.meta.url), { type: 'module', name: 'engine' }),
);

let started: Promise<void> | undefined;

/** Starts the engine once; a failed start is tried again at the next run. */
export function startEngine(): Promise<void> {
  started ??= engine
    .start(
      { models: new URL('models/', document.baseURI).href },
      proxy({
        file: keptFile,
        model: async (reference) => (await import('../../storage/models/find-model')).findModel(reference),
        embeddings: async (written) => (await import('../models/named-embeddings')).namedEmbeddings(written),
        save: async ({ name, type, bytes }: SavedFile) => download(new Blob([bytes], { type }), name),
      }),
    )
    .then(
      ({ name, reason }) => deviceStore.setState({ state: 'ready', name, reason }),
      (thrown: unknown) => {
        started = undefined;
        deviceStore.setState({ state: 'failed', name: 'No engine', reason: problemOf(thrown).what });
        throw thrown;
      },
    );
  return started;
}

documentStore.subscribe(({ document }, before) => {
  if (document !== before.document) runStore.setState(edited(runStore.getState(), document));
});

/** The engine runs one graph at a time. */
let running: Document | undefined;

/** Runs the graph up to `targets`; everything that shows or saves something by default. */
export async function run(targets?: readonly string[]): Promise<void> {
  if (runStore.getState().phase !== 'idle') return;
  if (running) {
    const { id, name } = running;
    notify({
      tone: 'warning',
      title: `${name || 'Another graph'} is running.`,
      text: 'Stop that run, or wait for its end.',
      action: { label: 'Show', run: () => showTab(id) },
    });
    return;
  }
  const asked = documentStore.getState().graph;
  const part = targets ? upstream(asked, targets) : new Set(asked.nodes.keys());
  edit(
    'Roll seeds',
    rollSeeds(registry, part, () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0),
  );
  const graph: Document = currentDocument();
  running = graph;
  updateRun(graph.id, (state) => begun(state, graph, performance.now()));
  try {
    await startEngine();
    // Events and the answer come by different channels, so the answer may overtake the last events.
    await new Promise<void>((resolve, reject) => {
      const onEvent = (event: RunEvent) => {
        updateRun(graph.id, (state) => after(state, event, performance.now()));
        if (event.type === 'remark') notify({ tone: 'warning', title: event.sentence });
        if (event.type === 'finished') resolve();
      };
      engine.run(graph, targets, proxy(onEvent)).catch(reject);
    });
    reportOutcome(graph);
  } catch (thrown) {
    notifyFailure(thrown);
  } finally {
    // Edits during the run were compared with this graph already; only the phase may be left over from a failed start.
    updateRun(graph.id, ({ phase }) => (phase === 'idle' ? {} : { phase: 'idle', steps: undefined }));
    running = undefined;
  }
}

/** Ends the run after the evaluation that goes on. */
export function stop() {
  if (runStore.getState().phase !== 'running') return;
  runStore.setState({ phase: 'stopping' });
  engine.cancel();
}

/** Ends the run of a graph that nobody can see any more, and frees the models that only it used. */
export function stopRunOf(id: string) {
  if (running?.id === id) engine.cancel();
  if (started) void engine.close(id).catch(notifyFailure);
}
