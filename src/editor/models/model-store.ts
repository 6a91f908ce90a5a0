import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { asModelReference, type HashedModel } from '../../core/model-reference';
import type { ModelEntry } from '../../storage/models/model-entry';
import { notify, notifyFailure } from '../notify';
import { uiStore } from '../state/ui-store';
import { library } from '../text/library';

interface Models {
  /** Last added first; undefined until they were read. */
  readonly entries: readonly ModelEntry[] | undefined;
}

/** The models that this browser holds. Other tabs change them too. */
export const modelStore = createStore<Models>(() => ({ entries: undefined }));

let reading: Promise<void> | undefined;

async function read() {
  const { discardLeftovers, modelEntries, watchModels } = await import('../../storage/models/library');
  const look = async () => modelStore.setState({ entries: await modelEntries() });
  watchModels(() => void look().catch(notifyFailure));
  await look();
  await discardLeftovers();
  await tellOfDownloads();
}

/** Says at the start that a download did not finish when the page was closed. Going on is the user's to decide. */
async function tellOfDownloads() {
  const { idleDownloads } = await import('../../storage/hub/downloads');
  const [first, ...more] = await idleDownloads();
  if (!first || uiStore.getState().dialog === 'models') return;
  notify({
    tone: 'warning',
    title: more.length === 0 ? library.notComplete(first.name) : library.severalNotComplete(1 + more.length),
    text: library.notCompleteHint,
    action: { label: library.show, run: () => uiStore.setState({ dialog: 'models' }) },
  });
}

/** Reads the list of models, once; it is kept up to date from then on. */
export function readModels(): Promise<void> {
  reading ??= read().catch((thrown: unknown) => {
    // Private windows of some browsers have no storage: then there are no models, and the rest goes on.
    modelStore.setState({ entries: [] });
    console.warn('The models of this browser cannot be read.', thrown);
  });
  return reading;
}

/** The models, or undefined until they were read. */
export function useModels(): readonly ModelEntry[] | undefined {
  useEffect(() => void readModels(), []);
  return useStore(modelStore, ({ entries }) => entries);
}

/** The model in a stored parameter that this browser does not have, where that is known. */
export function missingModel(value: unknown, entries: readonly ModelEntry[] | undefined): HashedModel | undefined {
  const reference = asModelReference(value);
  if (entries === undefined || reference === undefined || typeof reference === 'string') return undefined;
  return entries.some(({ hash }) => hash === reference.hash) ? undefined : reference;
}

interface Panel {
  /** The address that the panel is to look at, for a model that a graph asks for. */
  readonly address: string | undefined;
}

/** What the panel of models was opened for. */
export const panelStore = createStore<Panel>(() => ({ address: undefined }));
