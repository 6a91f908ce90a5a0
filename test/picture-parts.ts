import { beforeAll, expect, test } from 'vitest';
import { inpaintingInput } from '../models/mask-arithmetic';
import { registry } from '../nodes/registry';
import type { Device, Tensor, Tensors } from '../src/core/device';
import { bytesInMemory } from '../src/formats/bytes';
import { expectClose } from './closeness';
import recorded from './fixtures/masks.json';

interface Plain {
  readonly dims: readonly number[];
  readonly data: readonly number[];
}
interface Part {
  readonly settings: Readonly<Record<string, string | number>>;
  readonly inputs: Readonly<Record<string, Plain>>;
  readonly result: Plain;
}
const parts = recorded as unknown as Readonly<Record<string, Part>>;

/** Which node makes what reference/make_masks.py recorded, and how far it may be off: Pillow rounds to 8 bits. */
const makers: Readonly<Record<string, { readonly node: string; readonly tolerance?: number }>> = {
  "diffusers' blend": { node: 'latent/mask-blend' },
  "ComfyUI's blend": { node: 'latent/mask-blend' },
  "diffusers' masked image": { node: 'image/grey-out' },
  "ComfyUI's denoised picture": { node: 'sampling/masked-prediction' },
  'feather 0.6': { node: 'mask/feather' },
  'feather 2.5': { node: 'mask/feather' },
  'grow by 1': { node: 'mask/grow' },
  'grow by 3': { node: 'mask/grow' },
  'shrink by 1': { node: 'mask/grow' },
  threshold: { node: 'mask/threshold' },
  invert: { node: 'mask/invert' },
  add: { node: 'mask/combine' },
  intersect: { node: 'mask/combine' },
  subtract: { node: 'mask/combine' },
  luminance: { node: 'mask/from-image', tolerance: 1 / 255 },
  green: { node: 'mask/from-image' },
  'upscale nearest 1.5': { node: 'latent/upscale' },
  'upscale nearest 2': { node: 'latent/upscale' },
  'upscale nearest 0.5': { node: 'latent/upscale' },
  'upscale bilinear 1.5': { node: 'latent/upscale' },
  'upscale bilinear 2': { node: 'latent/upscale' },
  'upscale bilinear 0.5': { node: 'latent/upscale' },
  'flip left to right': { node: 'latent/turn' },
  'flip top to bottom': { node: 'latent/turn' },
  'rotate right': { node: 'latent/turn' },
  'rotate left': { node: 'latent/turn' },
  'rotate by half': { node: 'latent/turn' },
  crop: { node: 'latent/crop' },
  'composite over the edge': { node: 'latent/composite' },
  'composite with a mask': { node: 'latent/composite' },
};
/** Parameters are called as in the fixture but for these. */
const renamed: Readonly<Record<string, string>> = { 'mask/feather': 'radius' };

/** The nodes of masks, latents and blends, each held to numpy, torch, scipy, Pillow or a formula of ComfyUI. */
export function testPictureParts(makeDevice: () => Promise<Device>): void {
  let device: Device;
  beforeAll(async () => {
    device = await makeDevice();
  });
  const tensorsOf = (part: Part): Tensors =>
    Object.fromEntries(
      Object.entries(part.inputs).map(([name, { dims, data }]) => [name, device.tensor(Float32Array.from(data), dims)]),
    );

  test.each(Object.keys(makers))('the node makes what the reference makes: %s', async (name) => {
    const part = parts[name] as Part;
    const { node, tolerance = 1e-6 } = makers[name] as { node: string; tolerance?: number };
    const definition = registry.get(node);
    const { sigma, ...settings } = part.settings;
    const parameter = renamed[node];
    const params = definition?.params.parse(parameter === undefined ? settings : { [parameter]: sigma });
    const values = Object.entries(tensorsOf(part)).map(([port, tensor]) => [port, { tensor, type: 'epsilon' }]);
    const step = { step: { denoised: { epsilon: { x: 1, prediction: -Number(sigma) } } } };
    const input = { ...Object.fromEntries(values), step };
    const made = (await definition?.run?.({ in: input, params, device } as never)) as Record<
      string,
      { tensor: Tensor }
    >;
    const { tensor } = Object.values(made)[0] as { tensor: Tensor };
    expect(tensor.dims).toEqual(part.result.dims);
    const answer = await device.read(tensor);
    // Of a prediction what it says the picture is.
    const latent = part.inputs.latent?.data ?? [];
    const result = made.prediction ? answer.map((value, i) => (latent[i] ?? 0) - Number(sigma) * value) : answer;
    expectClose(result, part.result.data, tolerance);
  });

  test('inpainting models see latent, mask and masked latent as diffusers lays them out', async () => {
    const part = parts['input of inpainting models'] as Part;
    const { latent, mask, masked } = tensorsOf(part) as Record<'latent' | 'mask' | 'masked', Tensor>;
    const tensor = await inpaintingInput(device, { latent, mask, masked });
    expect(tensor.dims).toEqual(part.result.dims);
    expect([...(await device.read(tensor))]).toEqual(part.result.data.map(Math.fround));
  });

  test('a mask is loaded from what is transparent in a file, and without transparency covers nothing', async () => {
    const definition = registry.get('mask/load-mask');
    const load = async (picture: object) => {
      const host = {
        open: async () => bytesInMemory(new Uint8Array(1)),
        decodeImage: async () => ({ width: 2, height: 1, data: new Float32Array(6).fill(1), ...picture }),
      };
      const params = definition?.params.parse({ file: 'mask.png', channel: 'transparency' });
      const made = (await definition?.run?.({ in: {}, params, device, host } as never)) as { mask: { tensor: Tensor } };
      return [...(await device.read(made.mask.tensor))];
    };
    expect(await load({ alpha: Float32Array.of(0.25, 1) })).toEqual([0.75, 0]);
    expect(await load({})).toEqual([0, 0]);
  });

  test('every recorded part is held to something', () => {
    expect([...Object.keys(makers), 'input of inpainting models'].toSorted()).toEqual(Object.keys(parts).toSorted());
  });
}
