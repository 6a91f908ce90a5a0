import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import template from '../graphs/text-to-image.weft.json?raw';
import { registry } from '../nodes/registry';
import type { Host } from '../src/core/define-node';
import type { Tensor } from '../src/core/device';
import { type Document, parseDocument } from '../src/core/document';
import { modelName } from '../src/core/model-reference';
import type { Problem } from '../src/core/problem';
import { OutputCache } from '../src/engine/cache';
import { RunControl } from '../src/engine/control';
import { createNodeDevice } from '../src/engine/device/node';
import { plan } from '../src/engine/plan';
import { run } from '../src/engine/run';
import { TensorUse, tensorsIn } from '../src/engine/tensor-use';
import { bytesInMemory } from '../src/formats/bytes';
import { openSafetensors } from '../src/formats/safetensors';
import { expectClose } from './closeness';
import recorded from './reference/prompts/prompts.json';

const read = (path: string) =>
  readFile(new URL(`reference/${path}`, import.meta.url)).then(bytesInMemory, () => undefined);

const host: Host = {
  document: '',
  save: () => Promise.reject(new Error('Nothing is saved here.')),
  decodeImage: () => Promise.reject(new Error('No picture is read here.')),
  open: () => Promise.reject(new Error('No file is read here.')),
  folder: async (reference) => ({
    key: modelName(reference),
    title: modelName(reference),
    paths: ['model_index.json'],
    open: (path) => read(`models/${modelName(reference)}/${path}`),
  }),
};

/** The template with two prompts in their syntaxes; `schedule` says whether the text encoders know the steps. */
function graphFor([prompt, negative]: readonly (readonly string[])[], schedule: boolean): Document {
  const base = parseDocument(template);
  const { steps, seed, guidance, width, height } = recorded;
  const edits: Record<string, Document['nodes'][number]['params']> = {
    prompt: { text: prompt?.[1] ?? '' },
    negative: { text: negative?.[1] ?? '' },
    'positive-text': { syntax: prompt?.[0] ?? '' },
    'negative-text': { syntax: negative?.[0] ?? '' },
    checkpoint: { model: 'sd1-fp32' },
    noise: { seed, width, height },
    scheduler: { sampler: 'euler', steps, sigmas: 'karras' },
    cfg: { scale: guidance },
  };
  const nodes = base.nodes.map((node) => ({ ...node, params: { ...node.params, ...edits[node.id] } }));
  const wires: Document['wires'] = [
    { from: ['checkpoint', 'vae'], to: ['noise', 'vae'] },
    { from: ['checkpoint', 'unet'], to: ['scheduler', 'unet'] },
    ...(schedule
      ? ['positive-text', 'negative-text'].map((id): Document['wires'][number] => {
          return { from: ['scheduler', 'schedule'], to: [id, 'schedule'] };
        })
      : []),
  ];
  return { ...base, nodes, wires: [...base.wires, ...wires] };
}

async function runLoop(document: Document): Promise<{ latent: Float32Array; problems: Problem[]; runs: number }> {
  const device = await createNodeDevice();
  const use = new TensorUse(device);
  let latent = new Float32Array();
  const problems: Problem[] = [];
  const scope = {
    device,
    host,
    use,
    control: new RunControl(),
    emit: (event: { type: string; problem?: Problem }) => {
      if (event.problem) problems.push(event.problem);
    },
    async observe({ node, port, value }: { node: string; port: string; value: unknown }) {
      const [tensor] = tensorsIn(value) as Set<Tensor>;
      if (node === 'end' && port === 'latent' && tensor) latent = Float32Array.from(await device.read(tensor));
    },
  };
  await run(plan(document, registry, ['end']), scope, new OutputCache(use, { gpu: 0, host: 0 }));
  expect(use.size).toBe(0);
  return { latent, problems, runs: device.spent.runs };
}

test.each(recorded.loops.map((loop) => ({ ...loop, name: `${loop.prompt[1]} against ${loop.negative[1]}` })))(
  'a loop takes for each step the prompt that holds then, whatever its length: $name',
  async ({ prompt, negative, tensor }) => {
    const { latent, problems } = await runLoop(graphFor([prompt, negative], true));
    expect(problems).toEqual([]);
    const file = openSafetensors(
      bytesInMemory(await readFile(new URL('reference/prompts/prompts.safetensors', import.meta.url))),
    );
    expectClose(latent, file.read(tensor), 1e-4);
  },
);

test('prompts of different length share their evaluations of the UNet', async () => {
  const prompts = (text: string) => [
    ['a1111', text],
    ['plain', ''],
  ];
  const short = await runLoop(graphFor(prompts('cat'), false));
  const long = await runLoop(graphFor(prompts('cat BREAK dog'), false));
  // One chunk more is encoded, and in each step the shorter prompt is repeated.
  expect(long.runs - short.runs).toBe(1 + recorded.steps);
});

test('a prompt that changes over the steps asks for the schedule, and one with AND for nodes of its own', async () => {
  const { problems } = await runLoop(
    graphFor(
      [
        ['a1111', '[cat:dog:0.5]'],
        ['a1111', 'cat AND dog'],
      ],
      false,
    ),
  );
  expect(problems.map(({ node, port }) => [node, port])).toEqual([
    ['positive-text', 'schedule'],
    ['negative-text', 'text'],
  ]);
});
