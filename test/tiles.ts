import { afterAll, beforeAll, expect, test } from 'vitest';
import { openModel } from '../models/open-model';
import type { Device, Tensor } from '../src/core/device';
import type { Vae } from '../src/core/values';
import { bytesInMemory } from '../src/formats/bytes';
import { openSafetensors, type SafetensorsFile } from '../src/formats/safetensors';
import { expectClose } from './closeness';
import { decibels, type ReadReference, referenceHost } from './pictures';

const sizes = ['52x84', '32x60', '40x36'];

/** The autoencoder of a micro model in tiles, against diffusers with `enable_tiling`. */
export function testTiles(makeDevice: () => Promise<Device>, read: ReadReference): void {
  let device: Device;
  let vae: Vae;
  let file: SafetensorsFile;
  beforeAll(async () => {
    device = await makeDevice();
    const model = await openModel(await referenceHost(read).folder('sd1-fp32'), {});
    if (!model.vae) throw new Error('The micro model has no VAE.');
    vae = model.vae;
    file = openSafetensors(bytesInMemory((await read('tiles.safetensors')) as Uint8Array));
  });
  afterAll(() => device.release());

  const tensor = (name: string): Tensor =>
    device.tensor(file.read(name) as Float32Array<ArrayBuffer>, file.tensors.get(name)?.shape ?? []);

  test.each(sizes)('a picture of %s px is decoded in tiles as diffusers decodes it', async (size) => {
    const image = await vae.decode(device, tensor(`${size}.latent`), 'on');
    expect(image.dims).toEqual(file.tensors.get(`${size}.image`)?.shape);
    expect(decibels(await device.read(image), file.read(`${size}.image`))).toBeGreaterThan(80);
    const whole = await vae.decode(device, tensor(`${size}.latent`));
    expect(decibels(await device.read(whole), file.read(`${size}.image`))).toBeLessThan(40);
  });

  test.each(sizes)('a picture of %s px is encoded in tiles as diffusers encodes it', async (size) => {
    const { mean, std } = await vae.encode(device, tensor(`${size}.image`), 'on');
    expectClose(await device.read(mean), file.read(`${size}.mean`), 1e-4);
    expectClose(await device.read(std), file.read(`${size}.std`), 1e-4);
  });

  test('tiles are taken by themselves where a whole picture does not fit, and a picture of one tile stays whole', async () => {
    const latent = tensor('52x84.latent');
    const small = new Proxy(device, {
      get(target, name) {
        if (name === 'misfit') return () => 'This device is too small.';
        const value = Reflect.get(target, name, target) as unknown;
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const image = await vae.decode(small, latent);
    expect(decibels(await device.read(image), file.read('52x84.image'))).toBeGreaterThan(80);
    const one = device.tensor(file.read('52x84.latent').slice(0, 4 * 64) as Float32Array<ArrayBuffer>, [1, 4, 8, 8]);
    const [tiled, whole] = [await vae.decode(device, one, 'on'), await vae.decode(device, one, 'off')];
    expect(await device.read(tiled)).toEqual(await device.read(whole));
  });
}
