import { describe, expect, test } from 'vitest';
import { openDiffusersFolder } from '../models/diffusers-folder';
import type { ByteSource, Device } from '../src/core/device';
import type { Embedding, TextEncoder as PromptEncoder, PromptSyntax, PromptToken } from '../src/core/values';
import { bytesInMemory } from '../src/formats/bytes';
import { openSafetensors, type SafetensorsFile } from '../src/formats/safetensors';
import { expectClose } from './closeness';
import recorded from './reference/prompts/prompts.json';

/** Reads a file under test/reference. */
export type ReadReference = (path: string) => Promise<Uint8Array | undefined>;

/** Largest difference from what transformers makes of the same chunks, as a part of the range. */
const TOLERANCE = 1e-4;

interface Case {
  readonly model: string;
  readonly pad: string;
  readonly syntax: PromptSyntax;
  readonly clipSkip: number;
  readonly prompt: string;
  readonly unknown: readonly string[];
  readonly entries: readonly {
    /** For each chunk its tokens: an id, or a word and the row of its vector, and the weight. */
    readonly chunks?: readonly (readonly (readonly [number | string, number])[])[];
    readonly at?: readonly number[];
    readonly tensor: string;
  }[];
}

const cases = recorded.cases as unknown as readonly Case[];

/** Conditionings of prompts in every syntax against those of reference/make_prompts.py. */
export function testPrompts(makeDevice: () => Promise<Device>, read: ReadReference): void {
  const opened = new Map<string, Promise<{ encoder: PromptEncoder; device: Device; file: SafetensorsFile }>>();
  const open = (model: string, pad: string) => {
    const known = opened.get(model) ?? openEncoder(makeDevice, read, model, pad);
    opened.set(model, known);
    return known;
  };
  const named = cases.map((given) => {
    const short = given.prompt.length > 60 ? `${given.prompt.slice(0, 59)}…` : given.prompt;
    return { ...given, name: `${given.model}, ${given.syntax}, clip skip ${given.clipSkip}: ${short}` };
  });

  describe('a prompt is read and encoded as the tool does whose syntax it has:', () => {
    test.each(named)('$name', async ({ model, pad, syntax, clipSkip, prompt, unknown, entries }) => {
      const { encoder, device, file } = await open(model, pad);
      const embeddings = ['zork', '<three>'].map((word): Embedding => {
        return { key: word, word, width: encoder.width, vectors: file.read(`${model}.${word}`) };
      });
      const reading = { syntax, clipSkip, steps: recorded.steps };
      const conditioning = await encoder.encode(device, prompt, embeddings, reading);
      const inOrder = conditioning.toSorted((a, b) => (a.during?.at[0] ?? 0) - (b.during?.at[0] ?? 0));
      expect(inOrder.map(({ during }) => during?.at)).toEqual(entries.map(({ at }) => at));
      for (const [i, { chunks, tensor }] of entries.entries()) {
        const entry = inOrder[i] as (typeof inOrder)[number];
        if (chunks) expect(entry.strip.chunks.map((chunk) => chunk.map(plainly))).toEqual(chunks);
        expect(entry.strip.unknown).toEqual(unknown);
        expect(entry.tokens.dims).toEqual(file.tensors.get(tensor)?.shape);
        expectClose(await device.read(entry.tokens), file.read(tensor), TOLERANCE);
        device.dispose(entry.tokens);
      }
    });
  });

  test('a clip skip beyond the first layer is refused', async () => {
    const { encoder, device } = await open('sd1-fp32', '<|endoftext|>');
    await expect(encoder.encode(device, 'cat', [], { syntax: 'plain', clipSkip: 3 })).rejects.toThrow(
      'The text encoder "sd1-fp32" has 2 layers, so there is none at a clip skip of 3. Choose a clip skip of 1 to 2.',
    );
  });

  test('chunks and texts that read the same are encoded once', async () => {
    const { encoder, device } = await open('sd1-fp32', '<|endoftext|>');
    const runs = async (prompt: string, syntax: PromptSyntax): Promise<number> => {
      const before = device.spent.runs;
      await encoder.encode(device, prompt, [], { syntax, clipSkip: 1, steps: 30 });
      return device.spent.runs - before;
    };
    expect(await runs('a [red|blue|green] cat', 'a1111')).toBe(3);
    expect(await runs('cat BREAK cat BREAK BREAK dog BREAK BREAK cat', 'a1111')).toBe(3);
    expect(await runs('(cat:1.2)', 'comfyui')).toBe(2);
    expect(await runs('cat', 'comfyui')).toBe(1);
  });
}

function plainly({ id, learned, weight }: PromptToken): [number | string, number] {
  return [learned ? `${learned.word}#${learned.row}` : id, weight];
}

async function openEncoder(
  makeDevice: () => Promise<Device>,
  read: ReadReference,
  model: string,
  pad: string,
): Promise<{ encoder: PromptEncoder; device: Device; file: SafetensorsFile }> {
  const source = async (path: string): Promise<ByteSource> => {
    const bytes = await read(path);
    if (!bytes) throw new Error(`There is no reference file ${path}.`);
    return bytesInMemory(bytes);
  };
  const folder = {
    async open(path: string): Promise<ByteSource | undefined> {
      const bytes = await read(`models/${model}/${path}`);
      if (!bytes || !path.endsWith('special_tokens_map.json')) return bytes && bytesInMemory(bytes);
      // The micro models pad as SD 1 does; a case may ask for the padding of SD 2.
      const map = { ...JSON.parse(new TextDecoder().decode(bytes)), pad_token: pad };
      return bytesInMemory(new TextEncoder().encode(JSON.stringify(map)));
    },
  };
  const { textEncoder } = await openDiffusersFolder(folder, { key: `prompts/${model}`, title: model });
  return {
    encoder: textEncoder,
    device: await makeDevice(),
    file: openSafetensors(await source('prompts/prompts.safetensors')),
  };
}
