import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Device } from '../src/core/device';
import type { Document } from '../src/core/document';
import { createNodeDevice } from '../src/engine/device/node';
import { expectClose } from './closeness';
import { type Params, Sketch } from './picture-graphs';
import { runGraph } from './pictures';
import { readReference } from './reference.node';

const SIZE = { width: 32, height: 16 };
const SEEDS = ['7', '42', '18446744073709551615'];

let device: Device;
beforeAll(async () => {
  device = await createNodeDevice();
});

/** Latents at the end of the denoise zone. */
async function endOf(document: Document): Promise<Float32Array> {
  const { made, problems } = await runGraph(device, document, readReference);
  expect(problems).toEqual([]);
  return made.get('end') as Float32Array;
}

/** The methods of a device as properties of their own. */
const spied = (of: Device): Device => ({
  kind: of.kind,
  name: of.name,
  float16: of.float16,
  remarks: of.remarks,
  remark: (sentence) => of.remark(sentence),
  spent: of.spent,
  owned: of.owned,
  misfit: (network) => of.misfit(network),
  need: (network) => of.need(network),
  load: (network) => of.load(network),
  run: (network, feeds) => of.run(network, feeds),
  tensor: (data, dims) => of.tensor(data, dims),
  read: (tensor) => of.read(tensor),
  dispose: (tensor) => of.dispose(tensor),
  watch: (used) => of.watch(used),
  release: (keep) => of.release(keep),
});

const sketch = (noise: Params, scheduler: Params, cfg: Params = {}) =>
  new Sketch({
    prompt: { text: 'a red cat' },
    checkpoint: { model: 'sd1-fp32' },
    noise: { ...SIZE, ...noise },
    scheduler: { steps: 4, ...scheduler },
    cfg,
  })
    .wire('checkpoint.vae', 'noise.vae')
    .wire('checkpoint.unet', 'scheduler.unet');

describe('a batch', () => {
  test('with a seed for each picture makes of each what its seed makes alone, whatever the sampler draws', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.bigInt(0n, 2n ** 64n - 1n).map(String), { minLength: 2, maxLength: 3 }),
        fc.constantFrom('dpmpp-2m', 'euler-ancestral', 'dpmpp-2m-sde', 'ddpm'),
        async (seeds, sampler) => {
          const batch = await endOf(sketch({ seeds: seeds.join(', ') }, { sampler }).document);
          const size = batch.length / seeds.length;
          for (const [i, seed] of seeds.entries())
            expectClose(
              batch.slice(i * size, (i + 1) * size),
              await endOf(sketch({ seed }, { sampler }).document),
              1e-5,
            );
        },
      ),
      { numRuns: 5, seed: 1 },
    );
  }, 120_000);

  test('joined from single latents keeps the stream of each, and so does what is picked from it', async () => {
    const sampler = 'euler-ancestral';
    const [first, second] = SEEDS as [string, string, string];
    const joined = sketch({ seed: first }, { sampler })
      .add('noise-2', 'latent/noise', { vae: 'checkpoint.vae' }, { ...SIZE, seed: second })
      .add('noise-3', 'latent/noise', { vae: 'checkpoint.vae' }, { ...SIZE, seed: SEEDS[2] as string })
      .add('batch', 'latent/batch', { first: 'noise.latent', second: 'noise-2.latent', third: 'noise-3.latent' })
      .add('pick', 'latent/pick', { latent: 'batch.latent' }, { images: '1, 0' })
      .wire('pick.latent', 'start.noise');
    const swapped = await endOf(sketch({ seeds: `${second}, ${first}` }, { sampler }).document);
    expectClose(await endOf(joined.document), swapped, 1e-6);
  });
});

describe('guidance', () => {
  const sampler = 'dpmpp-2m';

  test('by a curve that is flat is guidance by that scale', async () => {
    const curve = sketch({}, { sampler })
      .add('curve', 'sampling/guidance-curve', { step: 'start.step' }, { points: '0: 4, 1: 4' })
      .wire('curve.scale', 'cfg.scale');
    expect(await endOf(curve.document)).toEqual(await endOf(sketch({}, { sampler }, { scale: 4 }).document));
  });

  test('in no step is the conditional prediction alone, with and without a negative prompt', async () => {
    const never = sketch({}, { sampler })
      .add('curve', 'sampling/guidance-curve', { step: 'start.step' }, { begin: 0.5, end: 0.5 })
      .wire('curve.scale', 'cfg.scale');
    const absent = sketch({}, { sampler }).unwire('cfg.unconditional');
    const direct = sketch({}, { sampler }).wire('unet-prompt.prediction', 'sampler.prediction');
    const expected = await endOf(direct.document);
    expect(await endOf(never.document)).toEqual(expected);
    expect(await endOf(absent.document)).toEqual(expected);
  });

  test('that a step goes without is not asked for, and changes nothing', async () => {
    const settings = { points: '0: 4', begin: 0.25, end: 0.75 };
    const asked: number[] = [];
    const counting: Device = {
      ...spied(device),
      run(network, feeds) {
        if (feeds.context_0) asked.push(Object.keys(feeds).filter((name) => name.startsWith('context_')).length);
        return device.run(network, feeds);
      },
    };
    const curve = () =>
      sketch({}, { sampler })
        .add('curve', 'sampling/guidance-curve', { step: 'start.step' }, settings)
        .wire('curve.scale', 'cfg.scale');
    const { made, problems } = await runGraph(
      counting,
      curve().wire('curve.guided', 'unet-negative.guided').document,
      readReference,
    );
    expect(problems).toEqual([]);
    expect(asked).toEqual([1, 2, 2, 1]);
    expectClose(made.get('end') ?? [], await endOf(curve().document), 1e-5);
  });

  test('in the first half differs from guidance all along', async () => {
    const half = sketch({}, { sampler })
      .add('curve', 'sampling/guidance-curve', { step: 'start.step' }, { points: '0: 4', end: 0.5 })
      .wire('curve.scale', 'cfg.scale');
    expect(await endOf(half.document)).not.toEqual(await endOf(sketch({}, { sampler }, { scale: 4 }).document));
  });
});

describe('ComfyUI’s noise mask', () => {
  /** The mask before and after the UNet; what is outside of it has to come out as it went in. */
  const masked = (sampler: string, shape: Params) =>
    sketch({ seed: '7' }, { sampler, strength: 0.75 }, { scale: 3 })
      .add('load', 'image/load-image', {}, { file: 'pictures/start.png' })
      .add('picture', 'image/crop', { image: 'load.image' }, { left: 0, top: 0, ...SIZE })
      .add('encode', 'image/vae-encode', { vae: 'checkpoint.vae', image: 'picture.image' })
      .add('mask', 'mask/shape', {}, { ...SIZE, ...shape })
      .add(
        'kept',
        'latent/add-noise',
        { latent: 'encode.latent', noise: 'noise.latent', step: 'start.step' },
        { level: 'this step' },
      )
      .add(
        'seen',
        'latent/mask-blend',
        { outside: 'kept.latent', inside: 'start.latent', mask: 'mask.mask' },
        { scaling: 'bilinear', edges: 'soft' },
      )
      .add('masked', 'sampling/masked-prediction', {
        prediction: 'cfg.prediction',
        seen: 'seen.latent',
        latent: 'start.latent',
        picture: 'encode.latent',
        mask: 'mask.mask',
        step: 'start.step',
      })
      .wire('encode.latent', 'noise.after')
      .wire('encode.latent', 'start.picture')
      .wire('seen.latent', 'unet-prompt.latent')
      .wire('seen.latent', 'unet-negative.latent')
      .wire('masked.prediction', 'sampler.prediction').document;

  test.each(['euler', 'dpmpp-2m', 'heun'])('gives the picture back where nothing is masked: %s', async (sampler) => {
    const { made, problems } = await runGraph(device, masked(sampler, { left: 0, right: 0 }), readReference);
    expect(problems).toEqual([]);
    expectClose(made.get('end') ?? [], made.get('encode') ?? [], 1e-4);
  });

  test.each(['euler', 'dpmpp-2m', 'heun'])('is image to image where all is masked: %s', async (sampler) => {
    const all = { left: 0, top: 0, right: 1, bottom: 1 };
    const plain = sketch({ seed: '7' }, { sampler, strength: 0.75 }, { scale: 3 })
      .add('load', 'image/load-image', {}, { file: 'pictures/start.png' })
      .add('picture', 'image/crop', { image: 'load.image' }, { left: 0, top: 0, ...SIZE })
      .add('encode', 'image/vae-encode', { vae: 'checkpoint.vae', image: 'picture.image' })
      .wire('encode.latent', 'noise.after')
      .wire('encode.latent', 'start.picture').document;
    expect(await endOf(masked(sampler, all))).toEqual(await endOf(plain));
  });
});
