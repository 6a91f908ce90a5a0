import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { feathered } from '../models/feathered';
import { padForOutpainting } from '../models/outpainting';
import { paste } from '../models/paste';
import { rescale } from '../models/rescale';
import { imageMethods, latentMethods } from '../models/rescale-methods';
import type { Device } from '../src/core/device';
import { bytesInMemory } from '../src/formats/bytes';
import { openSafetensors, type SafetensorsFile } from '../src/formats/safetensors';
import { importComfyui } from '../src/interop/comfyui/files';
import type { JsonObject } from '../src/interop/comfyui/json';
import { readJson } from '../src/interop/comfyui/json';
import { decibels, type ReadReference, runGraph } from './pictures';

/** Least signal to noise ratio of a latent, where the largest number of the reference is the signal. */
const FIDELITY = 50;

const names = [
  'euler normal, two at once',
  'dpmpp_2m karras',
  'uni_pc_bh2 normal',
  'uni_pc karras',
  'heun simple',
  'euler_ancestral exponential',
  'second pass of bislerp',
  'euler_cfg_pp normal',
  'euler_ancestral_cfg_pp karras',
  'heunpp2 karras',
  'dpm_2 karras',
  'dpm_2_ancestral simple',
  'lms sgm_uniform',
  'dpm_fast normal',
  'dpm_fast karras',
  'dpmpp_2s_ancestral karras',
  'dpmpp_2s_ancestral_cfg_pp normal',
  'dpmpp_2m_cfg_pp karras',
  'ddpm normal',
  'lcm sgm_uniform',
  'ipndm simple',
  'ipndm_v karras',
  'deis karras',
  'res_multistep beta',
  'res_multistep_cfg_pp simple',
  'res_multistep_ancestral karras',
  'res_multistep_ancestral_cfg_pp normal',
  'gradient_estimation linear_quadratic',
  'gradient_estimation_cfg_pp karras',
  'er_sde normal',
  'ddim kl_optimal',
  'areas',
  'an area alone',
  'mask, range, average and join',
  'two samplers, noise left over',
  'stopped early',
  'inpainting, grey',
  'inpainting, noise mask and clip skip',
  'inpainting model',
  'inpainting model without a picture',
  'composite',
];

/** Prompts of ComfyUI, imported and run, against a transcription of what ComfyUI computes (make_comfyui.py). */
export function testComfyui(makeDevice: () => Promise<Device>, read: ReadReference): void {
  let device: Device;
  let file: SafetensorsFile;
  let prompts: JsonObject;
  beforeAll(async () => {
    device = await makeDevice();
    file = openSafetensors(bytesInMemory((await read('comfyui/latents.safetensors')) as Uint8Array));
    prompts = readJson(new TextDecoder().decode((await read('comfyui/prompts.json')) as Uint8Array)) as JsonObject;
  });
  afterAll(() => device.release());

  test('every prompt of the reference is run', () => expect(Object.keys(prompts)).toEqual(names));

  test.each(names)('an imported prompt makes the latent of ComfyUI: %s', async (name) => {
    const { document, report } = importComfyui(prompts[name] as JsonObject, { id: 'x', title: name });
    expect(report.missing).toEqual([]);
    const { made, problems, outcome, held } = await runGraph(device, document, read);
    expect(problems).toEqual([]);
    expect(outcome).toBe('done');
    const sampler = document.nodes.find(({ id }) => /^ksampler(advanced)?-3$/.test(id));
    const actual = made.get(`${sampler?.id}/mask`) ?? [];
    const wanted = file.read(name);
    const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const scaled = (values: ArrayLike<number>) => Array.from(values, (value) => value / largest);
    expect(decibels(scaled(actual), scaled(wanted))).toBeGreaterThan(FIDELITY);
    expect(held).toBe(0);
  });

  describe('single nodes', () => {
    const tensorOf = (name: string) =>
      device.tensor(Float32Array.from(file.read(name)), file.tensors.get(name)?.shape ?? []);
    const close = (actual: ArrayLike<number>, name: string, tolerance: number) => {
      const wanted = file.read(name);
      expect(actual.length).toBe(wanted.length);
      const off = Array.from(wanted, (value, i) => Math.abs(value - (actual[i] as number)));
      expect(Math.max(...off), name).toBeLessThan(tolerance);
    };

    test.each(latentMethods)('a latent is scaled as ComfyUI does it: %s', async (method) => {
      const plain = await rescale(device, tensorOf('ops.latent'), { width: 15, height: 5 }, method, false);
      close(await device.read(plain), `ops.latent ${method} 15x5`, 1e-5);
      const cropped = await rescale(device, tensorOf('ops.latent'), { width: 6, height: 12 }, method, true);
      close(await device.read(cropped), `ops.latent ${method} 6x12 center`, 1e-5);
    });

    test.each(imageMethods)('a picture is scaled as ComfyUI does it: %s', async (method) => {
      // Pillow's fixed point may round a byte the other way.
      const tolerance = method === 'lanczos' ? 1.01 / 255 : 1e-5;
      const plain = await rescale(device, tensorOf('ops.picture'), { width: 9, height: 17 }, method, false);
      close(await device.read(plain), `ops.picture ${method} 9x17`, tolerance);
      const cropped = await rescale(device, tensorOf('ops.picture'), { width: 20, height: 6 }, method, true);
      close(await device.read(cropped), `ops.picture ${method} 20x6 center`, tolerance);
    });

    test.each([
      ['all', { left: 3, top: 2, right: 4, bottom: 1, feathering: 4 }],
      ['right', { left: 0, top: 0, right: 8, bottom: 0, feathering: 5 }],
      ['wide', { left: 8, top: 0, right: 0, bottom: 0, feathering: 6 }],
    ] as const)('a picture is padded as ComfyUI does it: %s', (name, padding) => {
      const { data, mask } = padForOutpainting(file.read('ops.picture'), [1, 3, 11, 14], padding);
      close(data, `ops.padded ${name}`, 1e-6);
      close(mask, `ops.padded mask ${name}`, 1e-6);
    });

    test.each([
      ['inside', 2, 3, 0],
      ['soft', 2, 1, 2],
      ['corner', 0, 0, 3],
      ['beyond', 6, 4, 2],
    ] as const)('a latent is laid on another as ComfyUI does it: %s', async (name, left, top, feather) => {
      const lower = tensorOf('ops.latent');
      const upper = device.tensor(new Float32Array(160).fill(1), [2, 4, 4, 5]);
      const soft = feather ? feathered(upper.dims, lower.dims, { left, top, feather }) : undefined;
      const mask = soft && device.tensor(soft.data, soft.dims);
      close(await device.read(await paste(device, lower, upper, mask, { left, top })), `ops.composite ${name}`, 1e-5);
    });
  });
}
