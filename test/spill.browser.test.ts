import { wrap } from 'comlink';
import { expect, test } from 'vitest';
import type { Spills } from './spill-worker';

const MIB = 2 ** 20;

const newWorker = () => new Worker(new URL('./spill-worker.ts', import.meta.url), { type: 'module' });

test('what memory has no room for goes to the disk of the browser, comes back as it was and leaves nothing behind', async () => {
  const worker = newWorker();
  const spills = wrap<Spills>(worker);
  const budget = { memory: 8 * MIB, disk: 64 * MIB };
  const { most, disk, whole, refilled, left } = await spills.story(40, MIB / 4, budget);
  expect(most).toBeLessThanOrEqual(1.2 * budget.memory);
  expect(disk).toBeGreaterThanOrEqual(32 * MIB);
  expect(disk).toBeLessThanOrEqual(33 * MIB);
  expect(whole).toBe(40);
  // Half of 40 MiB, and 20 of half a MiB, less what memory has.
  expect(refilled).toBeLessThanOrEqual(30 * MIB);
  expect(left).toBe(0);
  worker.terminate();
});

test('files of tabs that are gone are removed by the next one, those of open ones stay', async () => {
  const workers = [newWorker(), newWorker(), newWorker()];
  const [first, second, third] = workers.map((worker) => wrap<Spills>(worker));
  const [gone] = (await first?.files()) ?? [];
  const [open] = ((await second?.files()) ?? []).filter((name) => name !== gone);
  expect(open).toBeDefined();
  workers[0]?.terminate();
  // The browser takes the file from a worker that is gone a moment later.
  await expect.poll(() => third?.files(), { timeout: 20_000 }).not.toContain(gone);
  expect(await third?.files()).toContain(open);
  for (const worker of workers) worker.terminate();
});
