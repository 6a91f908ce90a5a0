import { proxy, wrap } from 'comlink';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { database } from '../src/storage/database';
import { beginDownload, downloadRecords, forgetDownload } from '../src/storage/hub/downloads';
import { fileAddress } from '../src/storage/hub/repository';
import { findModel } from '../src/storage/models/find-model';
import type { JobOutcome, JobProgress, LibraryApi } from '../src/storage/models/jobs';
import { discardLeftovers, modelEntries, removeModel } from '../src/storage/models/library';
import { storedNames } from '../src/storage/models/stored-files';
import type { Faults } from './hub-server.node';
import { noise } from './noise-bytes';

const hub = inject('hubUrl');
const weights = noise(600_000);
const setFaults = (faults: Faults) => fetch(`${hub}/faults`, { method: 'POST', body: JSON.stringify(faults) });

const hexadecimal = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const sha256Of = async (blob: Blob) => hexadecimal(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
const expected = await sha256Of(new Blob([weights as Uint8Array<ArrayBuffer>]));

let workers: Worker[] = [];
function startWorker() {
  const worker = new Worker(new URL('../src/storage/models/worker.ts', import.meta.url), { type: 'module' });
  workers.push(worker);
  return { worker, api: wrap<LibraryApi>(worker) };
}

async function clear() {
  for (const worker of workers) worker.terminate();
  workers = [];
  await setFaults({});
  for (const { hash } of await modelEntries()) await removeModel(hash);
  for (const record of await downloadRecords()) await forgetDownload(record);
}
beforeEach(clear);
afterEach(clear);

const begin = (sha256 = expected) =>
  beginDownload({
    name: 'weights',
    source: `${hub}/someone/model`,
    note: '',
    endpoint: hub,
    files: [
      {
        path: 'weights.safetensors',
        url: fileAddress(hub, 'someone/model', 'main', 'weights.safetensors'),
        size: weights.length,
        sha256,
      },
    ],
  });

/** Runs a download in a worker that is ended, without a word, when `bytes` are there. */
function downloadAndKill(id: string, bytes: number): Promise<'killed' | JobOutcome> {
  const { worker, api } = startWorker();
  return new Promise((resolve) => {
    const onProgress = ({ done }: JobProgress) => {
      if (done < bytes) return;
      worker.terminate();
      resolve('killed');
    };
    void api.download(id, undefined, proxy(onProgress)).then(resolve);
  });
}

describe('a download into the browser', () => {
  it('that is killed at 20 random points ends complete and verified', { timeout: 300_000 }, async () => {
    const { id } = await begin();
    await setFaults({ slow: { bytes: 15_000, pause: 12 } });
    const kills: number[] = [];
    for (let kill = 1; kill <= 20; kill++) {
      const at = Math.floor((weights.length * (kill - Math.random())) / 21);
      kills.push(at);
      expect(await downloadAndKill(id, at), `killed at ${kills.join(', ')}`).toBe('killed');
      expect(await modelEntries()).toEqual([]);
    }
    await setFaults({});
    const outcome = await startWorker().api.download(
      id,
      undefined,
      proxy(() => {}),
    );
    expect(outcome).toMatchObject({ ended: 'kept', before: false, model: { hash: `sha256:${expected}` } });
    const found = await findModel({ hash: `sha256:${expected}`, name: 'x' });
    if ('problem' in found) throw new Error(found.problem.what);
    expect(await sha256Of(found.files[0]?.blob ?? new Blob())).toBe(expected);
    expect(await downloadRecords()).toEqual([]);
  });

  it('can be paused, and given up without a trace', async () => {
    const record = await begin();
    await setFaults({ slow: { bytes: 15_000, pause: 20 } });
    const { api } = startWorker();
    const outcome = await api.download(
      record.id,
      undefined,
      proxy(({ done }) => void (done > 50_000 && api.stop(record.id))),
    );
    expect(outcome).toEqual({ ended: 'stopped' });
    expect(await storedNames()).toHaveLength(1);
    expect(await discardLeftovers()).toBe(0);
    await forgetDownload(record);
    expect(await storedNames()).toEqual([]);
  });

  it('of a file that is in the library already fetches nothing', async () => {
    const { api } = startWorker();
    await api.download(
      (await begin()).id,
      undefined,
      proxy(() => {}),
    );
    await setFaults({ missing: 'weights' });
    expect(
      await api.download(
        (await begin()).id,
        undefined,
        proxy(() => {}),
      ),
    ).toMatchObject({ ended: 'kept', before: true });
    expect(await storedNames()).toHaveLength(1);
  });

  it('that brings other bytes than listed leaves no model', async () => {
    const { id } = await begin('0'.repeat(64));
    const outcome = await startWorker().api.download(
      id,
      undefined,
      proxy(() => {}),
    );
    expect(outcome).toMatchObject({ ended: 'failed', access: false });
    expect(await modelEntries()).toEqual([]);
    expect(await (await database()).get('downloads', id)).toBeDefined();
  });
});
