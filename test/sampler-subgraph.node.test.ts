import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import textToImage from '../graphs/text-to-image.weft.json?raw';
import { registry } from '../nodes/registry';
import { terminalHost } from '../src/cli/host';
import type { Device } from '../src/core/device';
import { type Document, parseDocument } from '../src/core/document';
import type { Latent } from '../src/core/values';
import { OutputCache } from '../src/engine/cache';
import { RunControl } from '../src/engine/control';
import { createNodeDevice } from '../src/engine/device/node';
import { plan } from '../src/engine/plan';
import { run } from '../src/engine/run';
import { TensorUse } from '../src/engine/tensor-use';
import sampler from '../subgraphs/sampler.weft.json?raw';

const program = fileURLToPath(new URL('..', import.meta.url));
const settings = { seed: 7, steps: 4, cfg: 3.5, sampler: 'euler' };

/** Of text to image: the nodes outside of its zone, and the wires among them. */
const [template, subgraph] = [parseDocument(textToImage), parseDocument(sampler)];
const outside = ['prompt', 'negative', 'checkpoint', 'positive-text', 'negative-text', 'decode', 'preview'];

function withSampler(): Document {
  const kept = ({ from, to }: Document['wires'][number]) => outside.includes(from[0]) && outside.includes(to[0]);
  return {
    ...template,
    nodes: [
      ...template.nodes.filter(({ id }) => outside.includes(id)),
      ...subgraph.nodes.map((node) => ({ ...node, params: settings })),
    ],
    wires: [
      ...template.wires.filter(kept),
      { from: ['checkpoint', 'unet'], to: ['sampler', 'model'] },
      { from: ['positive-text', 'conditioning'], to: ['sampler', 'positive'] },
      { from: ['negative-text', 'conditioning'], to: ['sampler', 'negative'] },
      { from: ['sampler', 'latent'], to: ['decode', 'latent'] },
    ],
    zones: [],
    ...(subgraph.subgraphs && { subgraphs: subgraph.subgraphs }),
  };
}

function withZone(): Document {
  const { seed, steps, cfg, sampler: name } = settings;
  const changes: Record<string, object> = { noise: { seed }, scheduler: { steps, sampler: name }, cfg: { scale: cfg } };
  return {
    ...template,
    nodes: template.nodes.map((node) => ({ ...node, params: { ...node.params, ...changes[node.id] } })),
  };
}

/** The last latent that comes out of a denoise zone. */
async function latentOf(device: Device, document: Document): Promise<Float32Array> {
  const use = new TensorUse(device);
  let latent: Float32Array | undefined;
  const outcome = await run(
    plan(document, registry),
    {
      device,
      host: terminalHost({ beside: program, out: 'out', document: '', program }),
      use,
      control: new RunControl(),
      emit: () => {},
      observe: async ({ node, port, value }) => {
        if (/(^|\/)end$/.test(node) && port === 'latent')
          latent = Float32Array.from(await device.read((value as Latent).tensor));
      },
    },
    new OutputCache(use, { gpu: 0, host: 2 ** 28 }),
  );
  expect(outcome).toBe('done');
  return latent ?? new Float32Array();
}

test('the Sampler gives the very latent of the zone that it holds', async () => {
  const device = await createNodeDevice();
  const zone = await latentOf(device, withZone());
  expect(zone).toHaveLength(4 * 16 * 16);
  expect(await latentOf(device, withSampler())).toEqual(zone);
});
