import { z } from 'zod';
import { joinBatches } from '../../models/layout';
import { defineNode } from '../../src/core/define-node';
import { differing, sizeWords } from '../../src/core/foresight';
import { ProblemError } from '../../src/core/problem';
import type { Generator, Latent } from '../../src/core/values';

/** Latents that each come from one seed, at the same place of their streams, keep those streams in the batch. */
function joinGenerators(latents: readonly Latent[]): Generator | undefined {
  const [first] = latents;
  if (!first?.generator) return undefined;
  const { before, draws } = first.generator;
  const seeds = latents.flatMap(({ generator, tensor }) => {
    const own = generator?.seeds ?? (generator && tensor.dims[0] === 1 ? [generator.seed] : []);
    return generator?.draws === draws && (generator.before ?? []).join() === (before ?? []).join() ? own : [];
  });
  const images = latents.reduce((sum, { tensor }) => sum + (tensor.dims[0] ?? 0), 0);
  return seeds.length === images ? { ...first.generator, seeds } : undefined;
}

export default defineNode({
  type: 'latent/batch',
  version: 1,
  title: 'Latent batch',
  help: 'Joins latents of one size, which then run together. Each keeps the stream of its own seed.',
  alsoCalled: 'Latent Batch, batch size',
  icon: 'stack-2',
  params: z.object({}),
  in: {
    first: { kind: 'latent', help: 'The latents that come first.' },
    second: { kind: 'latent', help: 'The latents that follow.' },
    third: { kind: 'latent', optional: true, help: 'More of them.' },
    fourth: { kind: 'latent', optional: true, help: 'More of them.' },
  },
  out: { latent: { kind: 'latent', help: 'All of them, which the UNet sees at once.' } },
  foresee({ sizes: { first, second, third, fourth } }) {
    const known = {
      ...(first && { first }),
      ...(second && { second }),
      ...(third && { third }),
      ...(fourth && { fourth }),
    };
    const [a, b] = differing(known) ?? [];
    const [one, other] = [a && known[a], b && known[b]];
    if (!b || !one || !other) return { sizes: { latent: first && { width: first.width, height: first.height } } };
    const what = `The latents of a batch must have one size; here are ${sizeWords(one)} and ${sizeWords(other)} cells.`;
    return { problems: [{ port: b, what, cure: 'Crop or upscale one of them.' }] };
  },
  async run({ in: { first, second, third, fourth }, device }) {
    const latents = [first, second, third, fourth].filter((latent) => latent !== undefined);
    const size = ({ tensor }: Latent) => tensor.dims.slice(1).join(' × ');
    const other = latents.find((latent) => size(latent) !== size(first));
    if (other)
      throw new ProblemError({
        port: 'first',
        what: `The latents of a batch must have one size; here are ${size(first)} and ${size(other)}.`,
        cure: 'Crop or upscale one of them.',
      });
    const generator = joinGenerators(latents);
    const tensor = await joinBatches(device, [first.tensor, ...latents.slice(1).map((latent) => latent.tensor)]);
    return { latent: { tensor, ...(generator && { generator }) } };
  },
});
