import { expose } from 'comlink';
import { problemOf } from '../../core/problem';
import { AccessProblem } from '../hub/answers';
import { downloadLock } from '../hub/downloads';
import { runDownload } from '../hub/run-download';
import { identifyFiles } from './identify-files';
import type { JobOutcome, LibraryApi } from './jobs';
import { keepModel, modelEntry } from './library';
import type { ModelEntry } from './model-entry';
import { modelHash } from './model-hash';
import { makeSureOfRoom, takeIn } from './take-in';

const stops = new Map<string, AbortController>();

/** Runs a job that `stop` can end, and turns however it ends into its outcome. */
async function run(id: string, job: (signal: AbortSignal) => Promise<JobOutcome>): Promise<JobOutcome> {
  const stop = new AbortController();
  stops.set(id, stop);
  try {
    return await job(stop.signal);
  } catch (thrown) {
    if (stop.signal.aborted) return { ended: 'stopped' };
    return { ended: 'failed', problem: problemOf(thrown), access: thrown instanceof AccessProblem };
  } finally {
    stops.delete(id);
  }
}

const api: LibraryApi = {
  importModel: (id, { name, files, handle, keepUnsupported }, onProgress) =>
    run(id, async (signal) => {
      const identity = identifyFiles(files);
      if (identity.kind === 'unsupported' && !keepUnsupported)
        return { ended: 'unsupported', sentence: identity.sentence };
      const size = files.reduce((sum, { blob }) => sum + blob.size, 0);
      const copy = handle === undefined;
      if (copy) await makeSureOfRoom(name, size);
      const phase = copy ? 'copying' : 'reading';
      onProgress({ phase, done: 0, total: size });
      const taking = { copy, signal, onProgress: (done: number) => onProgress({ phase, done, total: size }) };
      return takeIn(files, taking, async (kept) => {
        const hash = modelHash(kept);
        const held = await modelEntry(hash);
        const entry: ModelEntry = {
          ...identity,
          hash,
          name: held?.name ?? name,
          size,
          note: held?.note ?? '',
          ...(held?.source !== undefined && { source: held.source }),
          added: Date.now(),
          files: kept,
          ...(handle && { handle }),
        };
        await keepModel(entry);
        return { ended: 'kept', model: entry, before: held !== undefined };
      });
    }),

  download: (id, token, onProgress) =>
    run(id, (signal) =>
      navigator.locks.request(downloadLock(id), { ifAvailable: true }, async (lock): Promise<JobOutcome> => {
        if (!lock)
          return { ended: 'failed', problem: { what: 'This download goes on in another tab.', cure: 'Look there.' } };
        return { ended: 'kept', ...(await runDownload(id, { signal, token }, onProgress)) };
      }),
    ),

  stop: (id) => stops.get(id)?.abort(new DOMException('The job was stopped.', 'AbortError')),
};

expose(api);
