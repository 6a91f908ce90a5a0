import { createStore } from 'zustand/vanilla';
import type { Picture } from '../../engine/events';
import type { About } from '../../engine/recording/about';
import type { RecordingIndex, ValueAddress } from '../../engine/recording/address';
import type { PlainValue } from '../../engine/recording/plain';
import { documentStore, wholeDocument } from '../state/document-store';
import { runStore } from '../state/run-store';
import { engine } from './client';

interface Recorded {
  /** The open graph that this is of. */
  readonly graph: string;
  /** What is held of its last run; undefined where it did not run, or where that is not known yet. */
  readonly index: RecordingIndex | undefined;
}

/** What is held of the last run of the graph that is shown: read anew when a run of it ends and when another is shown. */
export const recordedStore = createStore<Recorded>(() => ({ graph: '', index: undefined }));

/** Asks the engine again what is held: during a run, of what was made so far. */
export async function lookAgain(): Promise<void> {
  const graph = wholeDocument().id;
  if (graph !== recordedStore.getState().graph) recordedStore.setState({ graph, index: undefined });
  const index = await engine.recorded(graph);
  if (graph === wholeDocument().id) recordedStore.setState({ graph, index: index.ports.length ? index : undefined });
}

/** A value of the last run of the graph that is shown; undefined where it was not made or is not held whole. */
export const recordedValue = (address: ValueAddress): Promise<PlainValue | undefined> =>
  engine.valueOf(wholeDocument().id, address);

/** A latent of it through the autoencoder that follows it in the graph; undefined where there is none. */
export const recordedPicture = (address: ValueAddress, image?: number): Promise<Picture | undefined> =>
  engine.decoded(wholeDocument().id, address, image);

/** What else there is to tell of a value of it: the words an embedding is near, what a model is made of. */
export const recordedAbout = (address: ValueAddress): Promise<About | undefined> =>
  engine.about(wholeDocument().id, address);

let watchers = 0;
let unwatch = () => {};

/** Keeps the store as it says, from now on; what it returns ends that, unless others still want it. */
export function watchRecorded(): () => void {
  watchers += 1;
  if (watchers === 1) {
    void lookAgain();
    const unwatchRun = runStore.subscribe(({ phase, outcome }, before) => {
      if (phase === 'idle' && (outcome !== before.outcome || phase !== before.phase)) void lookAgain();
    });
    const unwatchDocument = documentStore.subscribe(({ history }, before) => {
      if (history.document.id !== before.history.document.id) void lookAgain();
    });
    unwatch = () => {
      unwatchRun();
      unwatchDocument();
    };
  }
  return () => {
    watchers -= 1;
    if (watchers === 0) unwatch();
  };
}
