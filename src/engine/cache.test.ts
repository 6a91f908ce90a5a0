import { expect, it } from 'vitest';
import type { Device, Tensor } from '../core/device';
import { OutputCache } from './cache';
import { TensorUse } from './tensor-use';

const tensor = (bytes: number, place: Tensor['place']): Tensor => ({
  type: 'float32',
  dims: [bytes / 4],
  bytes,
  place,
});

function bench(budget: { gpu: number; host: number }) {
  const freed: Tensor[] = [];
  const use = new TensorUse({ dispose: (gone: Tensor) => freed.push(gone) } as unknown as Device);
  return { freed, use, cache: new OutputCache(use, budget) };
}

/** A value that a run made, put into the cache, and let go by the run. */
function keep({ use, cache }: ReturnType<typeof bench>, key: string, value: Tensor): void {
  use.hold(value);
  cache.set(key, { latent: { tensor: value } });
  use.drop(value);
}

it('frees the least recently used tensors when a budget is full, apart for GPU and host', () => {
  const made = bench({ gpu: 10_000, host: 100_000 });
  const [a, b, c] = [tensor(4000, 'gpu'), tensor(4000, 'gpu'), tensor(4000, 'gpu')] as const;
  const host = tensor(50_000, 'host');
  keep(made, 'host', host);
  keep(made, 'a', a);
  keep(made, 'b', b);
  made.cache.get('a');
  keep(made, 'c', c);
  expect(made.freed).toEqual([b]);
  expect(['a', 'b', 'c', 'host'].map((key) => made.cache.has(key))).toEqual([true, false, true, true]);
});

it('does not free what a run still holds, nor a tensor that two entries share', () => {
  const made = bench({ gpu: 5000, host: 0 });
  const shared = tensor(2000, 'gpu');
  made.use.hold(shared);
  made.cache.set('a', { latent: { tensor: shared } });
  made.cache.set('b', { latent: { tensor: shared } });
  keep(made, 'c', tensor(3000, 'gpu'));
  expect(made.cache.has('a')).toBe(false);
  expect(made.freed).toEqual([]);
  made.cache.clear();
  expect(made.freed).toHaveLength(1);
  made.use.drop(shared);
  expect(made.freed).toContain(shared);
});

it('does not keep a value that is larger than its whole budget', () => {
  const made = bench({ gpu: 1000, host: 1000 });
  keep(made, 'a', tensor(4000, 'gpu'));
  expect(made.cache.has('a')).toBe(false);
  expect(made.freed).toHaveLength(1);
});
