import { expect, test } from 'vitest';
import type { Device, Tensor } from '../src/core/device';
import type { UNet } from '../src/core/values';
import { predictTogether } from './predict-together';

const context = (chunks: number): Tensor => {
  return { type: 'float32', dims: [1, 77 * chunks, 8], bytes: 77 * chunks * 32, place: 'host' };
};

/** Lengths of the conditionings, in chunks, of each evaluation that prompts of so many chunks lead to. */
async function evaluations(...chunks: number[]): Promise<number[][]> {
  const seen: number[][] = [];
  const device = {
    run: async (network: { key: string }) => {
      const [, length, times] = /^repeat 1x(\d+)x8 (\d+) times$/.exec(network.key) ?? [];
      return { repeated: context((Number(length) / 77) * Number(times)) };
    },
    dispose: () => {},
  } as unknown as Device;
  const unet = {
    predict: async (_: Device, { contexts }: { contexts: readonly Tensor[] }) => {
      seen.push(contexts.map(({ dims }) => (dims[1] ?? 0) / 77));
      return contexts.map(() => context(1));
    },
  } as unknown as UNet;
  const contexts = chunks.map(context);
  const made = await predictTogether(device, unet, { latent: context(1), inputScale: 1, timestep: 1, contexts });
  expect(made).toHaveLength(chunks.length);
  return seen;
}

test('prompts of different length are repeated to their least common multiple', async () => {
  expect(await evaluations(1, 1)).toEqual([[1, 1]]);
  expect(await evaluations(2, 1)).toEqual([[2, 2]]);
  expect(await evaluations(2, 3)).toEqual([[6, 6]]);
  expect(await evaluations(1, 2, 4)).toEqual([[4, 4, 4]]);
});

test('prompts that would have to be repeated more than four times are evaluated one after the other', async () => {
  expect(await evaluations(4, 5)).toEqual([[4], [5]]);
  expect(await evaluations(1, 5)).toEqual([[1], [5]]);
});
