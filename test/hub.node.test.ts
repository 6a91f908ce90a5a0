import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemError } from '../src/core/problem';
import { readAddress } from '../src/storage/hub/address';
import { AccessProblem, type Conditions } from '../src/storage/hub/answers';
import type { WantedFile } from '../src/storage/hub/download-record';
import { fileAddress, openRepository } from '../src/storage/hub/repository';
import { type PartialFile, transfer } from '../src/storage/hub/transfer';
import { type HubServer, startHub } from './hub-server.node';
import { noise } from './noise-bytes';

const weights = noise(300_000);
const config = new TextEncoder().encode('{"_class_name": "UNet2DConditionModel"}');
const repo = { 'model_index.json': config, 'unet/config.json': config, 'vae/config.json': config } as const;

let hub: HubServer;
beforeEach(async () => {
  hub = await startHub({
    'someone/model': {
      ...repo,
      'README.md': config,
      'a.png': config,
      'unet/weights #1.safetensors': weights,
    },
  });
});
afterEach(() => hub.close());

/** The pauses that were asked for, in milliseconds. */
let pauses: number[] = [];
beforeEach(() => {
  pauses = [];
});

const conditions = (change: Partial<Conditions> = {}): Conditions => ({
  signal: new AbortController().signal,
  patience: 10_000,
  wait: async (milliseconds, signal) => {
    signal.throwIfAborted();
    pauses.push(milliseconds);
  },
  ...change,
});

/** Bytes in memory that outlive the transfer, as a file does. */
class Kept implements PartialFile {
  bytes: Uint8Array = new Uint8Array();
  size = () => this.bytes.length;
  append(more: Uint8Array) {
    const all = new Uint8Array(this.bytes.length + more.length);
    all.set(this.bytes);
    all.set(more, this.bytes.length);
    this.bytes = all;
  }
  clear() {
    this.bytes = new Uint8Array();
  }
  read = (begin: number, end: number) => this.bytes.subarray(begin, end);
}

const wanted = (change: Partial<WantedFile> = {}): WantedFile => ({
  path: 'unet/weights #1.safetensors',
  url: fileAddress(hub.url, 'someone/model', 'main', 'unet/weights #1.safetensors'),
  size: weights.length,
  sha256: createHash('sha256').update(weights).digest('hex'),
  ...change,
});

const fetchTo = (partial: PartialFile, file = wanted(), change: Partial<Conditions> = {}) =>
  transfer(file, partial, conditions(change), { onProgress: () => {} });

const problemOf = (done: Promise<unknown>) =>
  done.then(
    () => {
      throw new Error('It was not refused.');
    },
    (thrown: unknown) => {
      if (!(thrown instanceof ProblemError)) throw thrown;
      return thrown;
    },
  );

describe('a repository of the hub', () => {
  const open = (text: string, change: Partial<Conditions> = {}) => {
    const address = readAddress(text, hub.url);
    if (address.on !== 'hub') throw new Error('This is no repository.');
    return openRepository(address, conditions(change));
  };

  it('is listed over several pages, with sizes and the hashes that its files are checked by', async () => {
    const { files, license, commit } = await open('someone/model');
    expect(files).toHaveLength(6);
    expect(files.at(-1)).toEqual({
      path: 'unet/weights #1.safetensors',
      size: weights.length,
      sha256: createHash('sha256').update(weights).digest('hex'),
    });
    expect(files[0]?.gitOid).toMatch(/^[0-9a-f]{40}$/);
    expect(license).toBe('creativeml-openrail-m');
    expect(commit).toMatch(/^[0-9a-f]{40}$/);
  });

  it('that is not there is named', async () => {
    await expect(open('someone/else')).rejects.toThrow(/There is no someone\/else on 127\.0\.0\.1/);
    await expect(open('someone/model@v9')).rejects.toThrow(/There is no someone\/model/);
  });

  it('that is gated asks for a token, and says when the token does not do', async () => {
    hub.faults = { token: 'hf_right' };
    const without = await problemOf(open('someone/model'));
    expect(without).toBeInstanceOf(AccessProblem);
    expect(without.message).toContain('asks who wants to read someone/model');
    expect((await problemOf(open('someone/model', { token: 'hf_wrong' }))).message).toContain(
      'does not let this token read someone/model',
    );
    expect((await open('someone/model', { token: 'hf_right' })).gated).toBe(true);
  });

  it('is asked again after as long as a busy hub says', async () => {
    hub.faults = { refusals: { count: 2, status: 429, headers: { 'retry-after': '7' } } };
    expect((await open('someone/model')).files).toHaveLength(6);
    expect(pauses).toEqual([7000, 7000]);
  });

  it('on a server that is no hub is refused with what may be wrong', async () => {
    const address = {
      on: 'hub',
      endpoint: `${hub.url}/someone/model/resolve/main/a.png?`,
      repo: 'a/b',
      revision: 'main',
    };
    await expect(openRepository(address as never, conditions())).rejects.toThrow('does not answer as the Hugging Face');
  });
});

describe('a download', () => {
  it('brings the file that was asked for, by its hash', async () => {
    const kept = new Kept();
    expect(await fetchTo(kept)).toEqual({ sha256: wanted().sha256, size: weights.length });
    expect(Buffer.compare(kept.bytes, weights)).toBe(0);
  });

  it('of a small file is checked by the name that git gives its content', async () => {
    const small = { path: 'unet/config.json', url: fileAddress(hub.url, 'someone/model', 'main', 'unet/config.json') };
    // What `git hash-object` says of these bytes.
    const gitOid = createHash('sha1').update(`blob ${config.length}\0`).update(config).digest('hex');
    await transfer({ ...small, size: config.length, gitOid }, new Kept(), conditions(), { onProgress: () => {} });
    await expect(
      transfer({ ...small, size: config.length, gitOid: '0'.repeat(40) }, new Kept(), conditions(), {
        onProgress: () => {},
      }),
    ).rejects.toThrow('unet/config.json is not the file that was asked for');
  });

  it('goes on where the connection was cut', async () => {
    hub.faults = { cuts: 3, cutAfter: 70_000 };
    const kept = new Kept();
    await fetchTo(kept);
    expect(Buffer.compare(kept.bytes, weights)).toBe(0);
    const ranges = hub.requests.filter((request) => request.startsWith('GET /storage')).map((r) => r.split(' ')[2]);
    expect(ranges[0]).toBeUndefined();
    expect(ranges.slice(1).every((range) => /^bytes=[1-9]\d*-$/.test(range ?? ''))).toBe(true);
    expect(ranges).toHaveLength(4);
  });

  it('goes on after a connection that went silent', async () => {
    hub.faults = { stalls: 1 };
    const kept = new Kept();
    await fetchTo(kept, wanted(), { patience: 300 });
    expect(Buffer.compare(kept.bytes, weights)).toBe(0);
  });

  it('is given up, with what to do, when a connection breaks again and again', async () => {
    hub.faults = { cuts: 100, cutAfter: 0 };
    const { problem } = await problemOf(fetchTo(new Kept()));
    expect(problem.what).toMatch(/^The connection to 127\.0\.0\.1:\d+ failed 9 times in a row/);
    expect(problem.cure).toContain('what came so far is kept');
    expect(pauses).toHaveLength(8);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(37_500);
  });

  it('from where nobody answers says that it may be the browser that refuses', async () => {
    const { url } = hub;
    await hub.close();
    const { message } = await problemOf(fetchTo(new Kept(), wanted({ url: `${url}/x` })));
    expect(message).toMatch(/cannot be reached, or does not let other pages read its files/);
  });

  it('starts over when the server sends the whole file again, or another part of it', async () => {
    for (const faults of [{ wholeAlways: true }, { wrongRanges: 1 }]) {
      hub.faults = { ...faults, cuts: 1, cutAfter: 100_000 };
      const kept = new Kept();
      await fetchTo(kept);
      expect(Buffer.compare(kept.bytes, weights)).toBe(0);
    }
  });

  it('of damaged bytes is made once more, and then refused', async () => {
    hub.faults = { corrupted: 1 };
    const kept = new Kept();
    await fetchTo(kept);
    expect(Buffer.compare(kept.bytes, weights)).toBe(0);
    hub.faults = { corrupted: 2 };
    const damaged = new Kept();
    await expect(fetchTo(damaged)).rejects.toThrow(/is not the file that was asked for: its SHA-256 is/);
    expect(damaged.size()).toBe(0);
  });

  it('of a file that is longer or shorter than listed names both sizes', async () => {
    for (const size of [weights.length - 7, weights.length + 7])
      await expect(fetchTo(new Kept(), wanted({ size }))).rejects.toThrow(/bytes on .* but its listing says/);
  });

  it('of a file that is gone names the file', async () => {
    hub.faults = { missing: 'weights' };
    await expect(fetchTo(new Kept())).rejects.toThrow('There is no unet/weights #1.safetensors on 127.0.0.1');
  });

  it('without a listing ends with the file, and tells its hash', async () => {
    const { size, sha256, ...plain } = wanted();
    hub.faults = { cuts: 1, cutAfter: 50_000 };
    const kept = new Kept();
    expect(await fetchTo(kept, plain)).toEqual({ sha256, size });
    // Once more, with all of it there: nothing but its end is asked for.
    expect(await fetchTo(kept, plain)).toEqual({ sha256, size });
    expect(hub.requests.at(-1)).toContain(`bytes=${weights.length}-`);
  });

  it('that was stopped keeps what it has', async () => {
    hub.faults = { slow: { bytes: 20_000, pause: 5 } };
    const kept = new Kept();
    const stop = new AbortController();
    const done = transfer(wanted(), kept, conditions({ signal: stop.signal }), {
      onProgress: (bytes) => bytes > 60_000 && stop.abort(new Error('stopped')),
    });
    await expect(done).rejects.toThrow('stopped');
    expect(kept.size()).toBeGreaterThan(60_000);
    expect(kept.size()).toBeLessThan(weights.length);
    hub.faults = {};
    await fetchTo(kept);
    expect(Buffer.compare(kept.bytes, weights)).toBe(0);
  });

  it('that is killed at any points, over cuts and damage, ends complete and verified', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: weights.length }), { maxLength: 4 }),
        fc.record({ cuts: fc.nat(3), cutAfter: fc.nat(weights.length), corrupted: fc.nat(1) }),
        async (kills, faults) => {
          hub.faults = { ...faults, slow: { bytes: 50_000, pause: 0 } };
          const kept = new Kept();
          for (const at of kills) {
            const stop = new AbortController();
            await transfer(wanted(), kept, conditions({ signal: stop.signal }), {
              onProgress: (bytes) => bytes >= at && stop.abort(new Error('killed')),
            }).catch((thrown: unknown) => expect(String(thrown)).toContain('killed'));
          }
          await fetchTo(kept);
          expect(Buffer.compare(kept.bytes, weights)).toBe(0);
        },
      ),
      { numRuns: 20 },
    );
  });
});
