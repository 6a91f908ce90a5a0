import { proxy, wrap } from 'comlink';
import { createStore } from 'zustand/vanilla';
import type { Problem } from '../../core/problem';
import type { DownloadRecord, WantedFile } from '../../storage/hub/download-record';
import {
  beginDownload,
  downloadedBytes,
  downloadRecords,
  downloadSize,
  forgetDownload,
} from '../../storage/hub/downloads';
import type { ImportOrder, JobOutcome, JobProgress, LibraryApi } from '../../storage/models/jobs';
import { keepForGood } from '../../storage/models/library';
import type { ModelEntry } from '../../storage/models/model-entry';
import { notify } from '../notify';
import { models } from '../text/models';
import { Rate } from './rate';

/** An import or a download, as long as it is not done. */
export interface Job {
  readonly id: string;
  readonly what: 'import' | 'download';
  readonly name: string;
  readonly state: 'running' | 'paused' | 'failed' | 'unsupported';
  readonly phase: JobProgress['phase'];
  /** Bytes. */
  readonly done: number;
  readonly total?: number | undefined;
  /** Bytes per second. */
  readonly rate?: number | undefined;
  /** Milliseconds. */
  readonly left?: number | undefined;
  /** Why it failed, or what Weft cannot run. */
  readonly problem?: Problem | undefined;
  /** A token, or another one, may help. */
  readonly access?: boolean | undefined;
}

export const jobsStore = createStore<{ readonly jobs: readonly Job[] }>(() => ({ jobs: [] }));

const worker = wrap<LibraryApi>(
  new Worker(new URL('../../storage/models/worker.ts', import.meta.url), { type: 'module', name: 'models' }),
);

const orders = new Map<string, ImportOrder>();
const records = new Map<string, DownloadRecord>();

/** Tokens by the endpoint that they are for. They are kept nowhere else, and are gone with the page. */
const tokens = new Map<string, string>();

/** Uses a token for an endpoint until the page is closed; an empty one forgets it. */
export function setToken(endpoint: string, token: string) {
  if (token.trim()) tokens.set(endpoint, token.trim());
  else tokens.delete(endpoint);
}

export const tokenFor = (endpoint: string): string | undefined => tokens.get(endpoint);

function change(id: string, part: Partial<Job>) {
  jobsStore.setState(({ jobs }) => ({ jobs: jobs.map((job) => (job.id === id ? { ...job, ...part } : job)) }));
}

const put = (job: Job) =>
  jobsStore.setState(({ jobs }) => ({
    jobs: jobs.some(({ id }) => id === job.id) ? jobs.map((old) => (old.id === job.id ? job : old)) : [...jobs, job],
  }));

const drop = (id: string) => jobsStore.setState(({ jobs }) => ({ jobs: jobs.filter((job) => job.id !== id) }));

/** Follows the progress of a job with its rate. */
function follow(id: string) {
  const rate = new Rate();
  return proxy(({ phase, done, total }: JobProgress) => {
    rate.add(performance.now(), done);
    change(id, { phase, done, total, rate: rate.perSecond, left: rate.left(total) });
  });
}

/** Shows how a job ended; what was kept is no job any more. */
function settle(id: string, outcome: JobOutcome): ModelEntry | undefined {
  if (outcome.ended === 'kept') {
    drop(id);
    orders.delete(id);
    records.delete(id);
    return outcome.model;
  }
  const calm = { rate: undefined, left: undefined };
  if (outcome.ended === 'failed')
    change(id, { ...calm, state: 'failed', problem: outcome.problem, access: outcome.access });
  else if (outcome.ended === 'unsupported') change(id, { state: 'unsupported', problem: { what: outcome.sentence } });
  else if (orders.has(id)) drop(id);
  else change(id, { ...calm, state: 'paused' });
  return undefined;
}

async function runImport(id: string, order: ImportOrder): Promise<ModelEntry | undefined> {
  orders.set(id, order);
  const total = order.files.reduce((size, { blob }) => size + blob.size, 0);
  put({ id, what: 'import', name: order.name, state: 'running', phase: 'reading', done: 0, total });
  return settle(id, await worker.importModel(id, order, follow(id)));
}

/** Takes a model in. Resolves to it when it is kept; otherwise the job stays and says why. */
export function importModel(id: string, order: ImportOrder): Promise<ModelEntry | undefined> {
  void keepForGood();
  return runImport(id, order);
}

async function runDownload(record: DownloadRecord): Promise<ModelEntry | undefined> {
  const { id, name, endpoint } = record;
  records.set(id, record);
  const done = await downloadedBytes(record);
  put({ id, what: 'download', name, state: 'running', phase: 'downloading', done, total: downloadSize(record) });
  const token = endpoint === undefined ? undefined : tokenFor(endpoint);
  const entry = settle(id, await worker.download(id, token, follow(id)));
  if (entry) notify({ tone: 'done', title: models.complete(entry.name), text: entry.sentence });
  return entry;
}

/** Downloads a model. Resolves to it when it is complete and kept; otherwise the job stays and says why. */
export async function download(
  order: Omit<DownloadRecord, 'id' | 'begun' | 'files'> & { readonly files: readonly WantedFile[] },
): Promise<ModelEntry | undefined> {
  void keepForGood();
  return runDownload(await beginDownload(order));
}

/** Goes on with a job that was paused or failed; one that Weft cannot run is kept all the same. */
export async function goOn(id: string): Promise<ModelEntry | undefined> {
  const order = orders.get(id);
  if (order) return runImport(id, { ...order, keepUnsupported: true });
  const record = records.get(id);
  return record && runDownload(record);
}

/** Stops a job: a download can go on later, an import is gone. */
export const stopJob = (id: string): void => void worker.stop(id);

/** Gives a job up, with all that it brought. */
export async function removeJob(id: string): Promise<void> {
  const record = records.get(id);
  const running = jobsStore.getState().jobs.some((job) => job.id === id && job.state === 'running');
  if (running && record) {
    // Its file is closed when it is paused.
    const paused = new Promise<void>((resolve) => {
      const end = jobsStore.subscribe(({ jobs }) => {
        if (jobs.some((job) => job.id === id && job.state === 'running')) return;
        end();
        resolve();
      });
    });
    await worker.stop(id);
    await paused;
  } else if (running) return stopJob(id);
  drop(id);
  orders.delete(id);
  records.delete(id);
  if (record) await forgetDownload(record);
}

/** The endpoint that a job's token is for. */
export const endpointOf = (id: string): string | undefined => records.get(id)?.endpoint;

let restored: Promise<void> | undefined;

/** Shows the downloads that an earlier page did not finish, paused. */
export function restoreDownloads(): Promise<void> {
  restored ??= (async () => {
    for (const record of await downloadRecords()) {
      if (records.has(record.id)) continue;
      const { id, name } = record;
      const done = await downloadedBytes(record);
      records.set(id, record);
      put({ id, what: 'download', name, state: 'paused', phase: 'downloading', done, total: downloadSize(record) });
    }
  })();
  return restored;
}
