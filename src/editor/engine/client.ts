import { proxy, wrap } from 'comlink';
import { createStore } from 'zustand/vanilla';
import type { SavedFile } from '../../core/define-node';
import type { Document } from '../../core/document';
import { problemOf } from '../../core/problem';
import type { Outcome, RunEvent } from '../../engine/events';
import type { EngineApi, RunWay } from '../../engine/worker-api';
import { keptFile } from '../../storage/files';
import { download } from '../files/download';
import { notifyFailure } from '../notify';
import { documentStore } from '../state/document-store';
import { edited, runStore } from '../state/run-store';
import { runs } from '../text/runs';

interface DeviceState {
  readonly state: 'starting' | 'ready' | 'failed';
  /** "WebGPU · NVIDIA". */
  readonly name: string;
  /** Why this device and not a faster one, or why there is none. */
  readonly reason?: string | undefined;
}

export const deviceStore = createStore<DeviceState>(() => ({ state: 'starting', name: runs.starting }));

export const engine = wrap<EngineApi>(
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
        deviceStore.setState({ state: 'failed', name: runs.noEngine, reason: problemOf(thrown).what });
        throw thrown;
      },
    );
  return started;
}

documentStore.subscribe(({ document, history, path }, before) => {
  // A copy, so that nodes hear of it that have the id of one which was shown before a subgraph was opened.
  if (document === before.document) return;
  const state = edited(runStore.getState(), history.document, path);
  const otherPath = document.id !== before.document.id;
  if (otherPath || state !== runStore.getState()) runStore.setState({ ...state });
});

/** Id of the graph that runs; the engine runs one at a time. */
let running: string | undefined;
/** The run was stopped, maybe before it began. */
let stopped = false;

/** Runs a graph up to `targets`; `queue.ts` decides which and when. */
export async function execute(
  graph: Document,
  targets: readonly string[] | undefined,
  onEvent: (event: RunEvent) => void,
  way?: RunWay,
): Promise<Outcome> {
  running = graph.id;
  stopped = false;
  try {
    await startEngine();
    if (stopped) return 'cancelled';
    // Events and the answer come by different channels, so the answer may overtake the last events.
    return await new Promise<Outcome>((resolve, reject) => {
      const take = (event: RunEvent) => {
        onEvent(event);
        if (event.type === 'finished') resolve(event.outcome);
      };
      engine.run(graph, targets, proxy(take), way).catch(reject);
    });
  } finally {
    running = undefined;
  }
}

export function cancelRun() {
  stopped = true;
  engine.cancel();
}

/** Ends the run after the evaluation that goes on. */
export function stop() {
  const { phase } = runStore.getState();
  if (phase === 'idle' || phase === 'stopping') return;
  runStore.setState({ phase: 'stopping' });
  cancelRun();
}

/** Lets the run stand still after the evaluation that goes on, or go on. */
export function pauseOrResume() {
  const { phase } = runStore.getState();
  if (phase === 'running') {
    runStore.setState({ phase: 'pausing' });
    engine.pause();
  } else if (phase === 'pausing' || phase === 'paused') engine.resume();
}

/** Ends the run of a graph that nobody can see any more, and frees the models that only it used. */
export function stopRunOf(id: string) {
  if (running === id) cancelRun();
  if (started) void engine.close(id).catch(notifyFailure);
}
