import { expect, test } from 'vitest';
import { registry } from '../../nodes/registry';
import type { Device } from '../core/device';
import type { Document } from '../core/document';
import { SessionUse } from './session-use';

/** A device with sessions and no networks. */
function bench() {
  const sessions = new Set<string>();
  const watchers = new Set<(key: string) => void>();
  const device = {
    watch(used: (key: string) => void) {
      watchers.add(used);
      return () => watchers.delete(used);
    },
    async release(keep: (key: string) => boolean) {
      for (const key of sessions) if (!keep(key)) sessions.delete(key);
    },
  } as unknown as Device;
  const use = new SessionUse(registry);
  return {
    sessions,
    close: (graph: string) => use.close(graph, device),
    run: (document: Document, ran: readonly string[], meanwhile = async () => {}) =>
      use.during(document, device, async () => {
        for (const key of ran) {
          sessions.add(key);
          for (const used of watchers) used(key);
        }
        await meanwhile();
      }),
  };
}

const graph = (id: string, model: string, seed = 0): Document =>
  ({
    id,
    nodes: [
      { id: 'loader', type: 'models/checkpoint', params: { model } },
      { id: 'noise', type: 'latent/noise', params: { seed } },
    ],
  }) as unknown as Document;

test('what a graph ran stays while its models are the same, though a later run finds it all in the cache', async () => {
  const { sessions, run } = bench();
  await run(graph('a', 'tiny'), ['unet', 'vae']);
  await run(graph('a', 'tiny', 1), []);
  await run(graph('a', 'tiny', 2), ['unet', 'clip']);
  expect([...sessions]).toEqual(['unet', 'vae', 'clip']);
});

test('another model frees the sessions of the one before', async () => {
  const { sessions, run } = bench();
  await run(graph('a', 'tiny'), ['unet', 'vae']);
  await run(graph('a', 'other'), ['other unet', 'vae']);
  expect([...sessions]).toEqual(['vae', 'other unet']);
});

test('a graph that lost its loader holds nothing more', async () => {
  const { sessions, run } = bench();
  await run(graph('a', 'tiny'), ['unet']);
  await run({ ...graph('a', 'tiny'), nodes: [] }, []);
  expect([...sessions]).toEqual([]);
});

test('closing a graph frees what no other open graph uses', async () => {
  const { sessions, run, close } = bench();
  await run(graph('a', 'tiny'), ['unet', 'vae']);
  await run(graph('b', 'tiny'), ['unet', 'other size']);
  await close('b');
  expect([...sessions]).toEqual(['unet', 'vae']);
  await close('a');
  await close('never run');
  expect([...sessions]).toEqual([]);
});

test('a graph that is closed while it runs holds nothing after its run', async () => {
  const { sessions, run, close } = bench();
  await run(graph('a', 'tiny'), ['unet'], () => close('a'));
  expect([...sessions]).toEqual([]);
});

test('a run that fails keeps what it loaded, to be tried again', async () => {
  const { sessions, run } = bench();
  const failing = run(graph('a', 'tiny'), ['unet'], () => Promise.reject(new Error('Out of memory.')));
  await expect(failing).rejects.toThrow('Out of memory.');
  expect([...sessions]).toEqual(['unet']);
});
