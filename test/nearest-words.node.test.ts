import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { registry } from '../nodes/registry';
import { terminalHost } from '../src/cli/host';
import type { Embedding, TextEncoder } from '../src/core/values';
import { createNodeDevice } from '../src/engine/device/node';
import { nearestWords } from '../src/engine/recording/about';
import recorded from './fixtures/inspection.json';

const program = fileURLToPath(new URL('..', import.meta.url));
const host = terminalHost({ beside: program, out: 'out', document: '', program });

/** What a node that takes nothing gives. */
async function made(type: string, set: Readonly<Record<string, unknown>> = {}): Promise<Record<string, unknown>> {
  const node = registry.get(type);
  if (!node?.run) throw new Error(`There is no node ${type}.`);
  const device = await createNodeDevice();
  const params = node.params.parse(set);
  return (await node.run({ in: {}, params, device, host } as never)) as Record<string, unknown>;
}

test('the words that a learned word is near are those that numpy finds in the vocabulary', async () => {
  const { encoder } = (await made('models/checkpoint')) as { encoder: TextEncoder };
  const { embedding } = (await made('text/embedding-loader', { file: 'tiny/blueprint' })) as { embedding: Embedding };
  const found = nearestWords(encoder, embedding) ?? [];
  expect(found.map((list) => list.map(({ word }) => word))).toEqual(
    recorded.nearest.map((list) => list.map(({ word }) => word)),
  );
  for (const [v, list] of found.entries())
    for (const [i, { cosine }] of list.entries())
      expect(Math.abs(cosine - (recorded.nearest[v]?.[i]?.cosine ?? 9))).toBeLessThan(1e-6);
  expect(nearestWords(encoder, { vectors: new Float32Array(5), width: 5 })).toBeUndefined();
});
