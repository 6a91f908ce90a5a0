import { describe, expect, test } from 'vitest';
import { registry } from '../nodes/registry';
import type { Device, Tensor } from '../src/core/device';
import type { Generator, Latent } from '../src/core/values';
import { drawNoise } from '../src/diffusion/random';
import recorded from './fixtures/torch-randn.json';

interface HostTensor extends Tensor {
  readonly data: Float32Array<ArrayBuffer>;
}
const device = {
  tensor: (data: Float32Array<ArrayBuffer>, dims: readonly number[]): HostTensor => ({
    type: 'float32',
    place: 'host',
    bytes: data.byteLength,
    data,
    dims,
  }),
} as unknown as Device;

async function latentOf(node: string, params: object, input: object = {}): Promise<Latent & { tensor: HostTensor }> {
  const definition = registry.get(node);
  const made = await definition?.run?.({ in: input, params: definition.params.parse(params), device } as never);
  return made?.latent as Latent & { tensor: HostTensor };
}
const noise = (params: object, input?: object) => latentOf('latent/noise', params, input);
const lastBits = (data: Float32Array<ArrayBuffer>) =>
  [...new Uint32Array(data.slice(-4).buffer)].map((word) => word.toString(16).padStart(8, '0'));
const image = ({ tensor }: { tensor: HostTensor }, i: number) => {
  const size = tensor.data.length / (tensor.dims[0] ?? 1);
  return tensor.data.slice(i * size, (i + 1) * size);
};
const elements = (dims: readonly number[]) => dims.reduce((n, dim) => n * dim, 1);

/** torch's draws of single latents from one generator, one after the other. */
const streams = recorded.sequences
  .filter(({ shapes }) => shapes.every((shape) => shape.length === 4 && shape[0] === 1))
  .map(({ seed, shapes, last }) => ({ seed, last, size: 8 * (shapes[0]?.[2] ?? 0) }));

describe('noise', () => {
  test.each(streams)(
    'of one picture of a batch is torch’s, with the ones before it thrown away: seed $seed',
    async (stream) => {
      const { seed, size, last } = stream;
      const base = { seed, width: size, height: size };
      for (const [i, bits] of last.entries())
        expect(lastBits((await noise({ ...base, keep: String(i) })).tensor.data)).toEqual(bits);
      const both = await noise({ ...base, keep: '2, 0, 2' });
      expect([0, 1, 2].map((i) => lastBits(image(both, i)))).toEqual([last[2], last[0], last[2]]);
    },
  );

  test.each(streams)('is followed by what torch draws next: seed $seed', async ({ seed, size, last }) => {
    const kept = await noise({ seed, width: size, height: size, keep: '1' });
    const next = drawNoise(kept.generator as Generator, kept.tensor.data.length);
    expect(lastBits(next.noise)).toEqual(last[2]);
  });

  test.each(streams)('after an encoder that sampled is the second draw of its stream: seed $seed', async (stream) => {
    const { seed, size, last } = stream;
    const first = await noise({ seed, width: size, height: size });
    const second = await noise({ seed: '1', width: 8, height: 8 }, { after: first });
    expect(second.tensor.dims).toEqual(first.tensor.dims);
    expect(lastBits(second.tensor.data)).toEqual(last[1]);
    const third = await latentOf('latent/stream', {}, { latent: first, after: second });
    expect(lastBits(drawNoise(third.generator as Generator, first.tensor.data.length).noise)).toEqual(last[2]);
  });

  test('of a batch after one encoded picture goes on where that picture’s sample ended', async () => {
    const size = { width: 64, height: 64 };
    const single = await noise({ seed: '7', ...size });
    const batch = await noise({ count: 2 }, { after: single });
    // Sizes that are multiples of 16 concatenate, so three draws of one are a draw of one and a draw of two.
    const three = await noise({ seed: '7', ...size, count: 3 });
    expect([...batch.tensor.data]).toEqual([...image(three, 1), ...image(three, 2)]);
  });

  test('with a seed for each picture is the noise of each seed alone, and so is all that is drawn later', async () => {
    const size = { width: 24, height: 16 };
    const seeds = ['7', '42', '18446744073709551615'];
    let batch = await noise({ ...size, seeds: seeds.join(', ') });
    const alone = await Promise.all(seeds.map((seed) => noise({ ...size, seed })));
    for (const [i, single] of alone.entries()) expect(image(batch, i)).toEqual(single.tensor.data);
    batch = await noise({}, { after: batch });
    for (const [i, single] of alone.entries())
      expect(image(batch, i)).toEqual((await noise({}, { after: single })).tensor.data);
  });

  test('of copies goes on from one stream for the whole batch', async () => {
    const single = await noise({ seed: '7', width: 64, height: 64 });
    const copies: Latent = {
      tensor: { ...single.tensor, dims: [2, 4, 8, 8] },
      generator: { seed: '7', before: [256], draws: 0 },
    };
    const next = await noise({}, { after: copies });
    expect(lastBits(next.tensor.data.slice(0, 256))).toEqual(streams[0]?.last[1]);
    expect(elements(next.tensor.dims)).toBe(512);
  });

  test.each([
    [{ width: 20 }, /does not divide/],
    [{ seeds: '1, cat' }, /not a whole number/],
    [{ seeds: '1, 2', keep: '0' }, /seed each/],
    [{ keep: '5000' }, /4096/],
  ])('with %o is refused in a sentence', async (params, message) => {
    await expect(noise({ width: 16, height: 16, ...params })).rejects.toThrow(message);
  });
});
