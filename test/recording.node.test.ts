import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import template from '../graphs/text-to-image.weft.json?raw';
import { registry } from '../nodes/registry';
import { terminalHost } from '../src/cli/host';
import { type Document, parseDocument } from '../src/core/document';
import { OutputCache } from '../src/engine/cache';
import { RunControl } from '../src/engine/control';
import { createNodeDevice } from '../src/engine/device/node';
import { plan } from '../src/engine/plan';
import { decode } from '../src/engine/recording/decode';
import type { PlainValue } from '../src/engine/recording/plain';
import { Recordings } from '../src/engine/recording/recordings';
import { run } from '../src/engine/run';
import { TensorUse } from '../src/engine/tensor-use';
import { bytesInMemory } from '../src/formats/bytes';
import { openSafetensors } from '../src/formats/safetensors';
import { expectClose } from './closeness';

const program = fileURLToPath(new URL('..', import.meta.url));
const host = terminalHost({ beside: program, out: 'out', document: '', program });

const withSteps = (steps: number): Document => {
  const document = parseDocument(template);
  const nodes = document.nodes.map((node) =>
    node.id === 'scheduler' ? { ...node, params: { ...node.params, steps } } : node,
  );
  return { ...document, nodes };
};

const device = await createNodeDevice();
const use = new TensorUse(device);
const cache = new OutputCache(use, { gpu: 0, host: 2 ** 26 });
const recordings = new Recordings();

async function ran(document: Document) {
  const recorder = recordings.begin(document.id, device);
  const scope = { device, host, use, control: new RunControl(), emit: () => {}, recorder };
  expect(await run(plan(document, registry), scope, cache)).toBe('done');
  recorder.settle(new Set(document.nodes.map(({ id }) => id)));
  return recorder;
}

const dataOf = (value: PlainValue | undefined): Float32Array => {
  if (!value || !('tensor' in value)) throw new Error('There is no tensor.');
  return value.tensor.data;
};

test('every value of the last run stays readable: the latents are those of diffusers, what was cached is still there', async () => {
  const recording = await ran(withSteps(2));
  const file = openSafetensors(
    bytesInMemory(await readFile(new URL('reference/embedded.safetensors', import.meta.url))),
  );
  const at = (node: string, port: string, evaluation?: number) =>
    recording.valueOf({ node, port, item: 0, ...(evaluation !== undefined && { evaluation }) });
  expectClose(dataOf(await at('end', 'latent')), file.read('latent.2'), 1e-3);
  expect(dataOf(await at('start', 'latent', 1))).toEqual(dataOf(await at('sampler', 'latent', 0)));
  expect(await at('start', 'step', 1)).toMatchObject({ kind: 'step', context: { index: 1, count: 2 } });
  expect(await at('checkpoint', 'unet')).toMatchObject({ kind: 'unet', title: expect.any(String) });
  const { ports, zones } = recording.index();
  expect(zones).toMatchObject([{ start: 'start', end: 'end', axes: [] }]);
  expect(ports.find(({ node, port }) => node === 'cfg' && port === 'prediction')).toMatchObject({
    kind: 'prediction',
    evaluations: 2,
    held: Uint8Array.of(2, 2),
  });
  const picture = await decode(device, recording, { node: 'sampler', port: 'denoised', item: 0, evaluation: 1 }, 0);
  expect(picture).toMatchObject({ width: 128, height: 128 });

  // Nothing of the zone runs again, and yet its values are there.
  const again = await ran(withSteps(2));
  expect(dataOf(await again.valueOf({ node: 'cfg', port: 'prediction', item: 0, evaluation: 1 }))).toHaveLength(1024);

  // Another run takes the place of this one.
  const other = await ran(withSteps(3));
  expect(other.index().ports.find(({ node }) => node === 'cfg')?.evaluations).toBe(3);
  recordings.close('text-to-image');
  expect(recordings.of('text-to-image').index().ports).toEqual([]);
});
