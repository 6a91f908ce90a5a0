import { beforeAll, describe, expect, test } from 'vitest';
import { registry } from '../nodes/registry';
import type { Host } from '../src/core/define-node';
import type { Device } from '../src/core/device';
import type { Document } from '../src/core/document';
import { modelName } from '../src/core/model-reference';
import type { TextEncoder as PromptEncoder, UNet } from '../src/core/values';
import { bytesInMemory } from '../src/formats/bytes';
import { openSafetensors, type SafetensorsFile } from '../src/formats/safetensors';
import { expectClose } from './closeness';
import { Sketch } from './picture-graphs';
import { type ReadReference, referenceHost, runGraph } from './pictures';
import recorded from './reference/loras/loras.json';

/** Largest difference of conditioning and latent, as a part of their range. */
const TOLERANCE = 1e-4;

interface Applied {
  readonly file: string;
  readonly unet: number;
  readonly text: number;
}
interface Case {
  readonly model: string;
  readonly loras: readonly Applied[];
}

const cases = recorded.cases as Readonly<Record<string, Case>>;
const loraCases = Object.keys(cases);

/** The references, with LoRA files as folders of one file. */
export function loraHost(read: ReadReference): Host {
  const host = referenceHost(read);
  return {
    ...host,
    async folder(reference) {
      const name = modelName(reference);
      if (!name.startsWith('loras/')) return host.folder(reference);
      const bytes = await read(name);
      if (!bytes) throw new Error(`There is no ${name}.`);
      const path = name.slice('loras/'.length);
      return { key: name, title: path, paths: [path], open: async () => bytesInMemory(bytes) };
    },
  };
}

/** The graph of a case: the text-to-image template with its LoRAs one after another. */
export function graphWithLoras({ model, loras }: Case): Document {
  const { width, height, steps, guidance } = recorded;
  const sketch = new Sketch({
    prompt: { text: recorded.prompt },
    negative: { text: recorded.negative },
    checkpoint: { model },
    noise: { seed: recorded.seed, width, height },
    scheduler: { sampler: 'euler', steps },
    cfg: { scale: guidance },
  });
  sketch.wire('checkpoint.vae', 'noise.vae').wire('checkpoint.unet', 'scheduler.unet');
  let from = 'checkpoint';
  for (const [i, { file, unet, text }] of loras.entries()) {
    sketch.add(`lora-${i}`, 'models/lora', {}, { model: `loras/${file}.safetensors` });
    const inputs = { unet: `${from}.unet`, encoder: `${from}.encoder`, lora: `lora-${i}.lora` };
    sketch.add(`apply-${i}`, 'models/apply-lora', inputs, { strength: unet, textStrength: text });
    from = `apply-${i}`;
  }
  for (const step of ['unet-prompt', 'unet-negative']) sketch.wire(`${from}.unet`, `${step}.unet`);
  for (const text of ['positive-text', 'negative-text']) sketch.wire(`${from}.encoder`, `${text}.encoder`);
  return sketch.document;
}

/** Runs a node by itself. */
export async function runNode<T>(host: Host, type: string, inputs: object, params: object): Promise<T> {
  const definition = registry.get(type);
  return (await definition?.run?.({ in: inputs, params: definition.params.parse(params), host } as never)) as T;
}

export interface Model {
  readonly unet: UNet;
  readonly encoder: PromptEncoder;
}

/** A model with LoRAs on it, as the nodes make it. */
export async function modelWithLoras(host: Host, { model, loras }: Case): Promise<Model> {
  let made = await runNode<Model>(host, 'models/checkpoint', {}, { model });
  for (const { file, unet, text } of loras) {
    const { lora } = await runNode<{ lora: object }>(host, 'models/lora', {}, { model: `loras/${file}.safetensors` });
    made = await runNode<Model>(host, 'models/apply-lora', { ...made, lora }, { strength: unet, textStrength: text });
  }
  return made;
}

/** LoRAs of every style and kind on a device: conditioning and latents as diffusers, peft or the formula make them. */
export function testLoras(makeDevice: () => Promise<Device>, read: ReadReference, wanted = loraCases): void {
  const host = loraHost(read);
  let device: Device;
  let file: SafetensorsFile;
  beforeAll(async () => {
    device = await makeDevice();
    file = openSafetensors(bytesInMemory((await read('loras/recorded.safetensors')) as Uint8Array));
    // A page tries its graphics device before it hands it out.
  }, 120_000);

  describe('with LoRAs, a model computes what its reference computes:', () => {
    test.each(wanted)('%s', async (name) => {
      const given = cases[name] as Case;
      const { encoder } = await modelWithLoras(host, given);
      const [entry] = await encoder.encode(device, recorded.prompt, []);
      if (!entry) throw new Error('A prompt is encoded to something.');
      expectClose(await device.read(entry.tokens), file.read(`${name}.text`), TOLERANCE);
      device.dispose(entry.tokens);

      const { made, problems, outcome, held } = await runGraph(device, graphWithLoras(given), read, host);
      expect(problems).toEqual([]);
      expect(outcome).toBe('done');
      expectClose(made.get('end') ?? [], file.read(`${name}.latent`), TOLERANCE);
      expect(held).toBe(0);
    });
  });
}
