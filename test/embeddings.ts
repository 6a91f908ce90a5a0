import { beforeAll, describe, expect, test } from 'vitest';
import type { Device } from '../src/core/device';
import type { Embedding, PromptSyntax } from '../src/core/values';
import { bytesInMemory } from '../src/formats/bytes';
import { openSafetensors, type SafetensorsFile } from '../src/formats/safetensors';
import { expectClose } from './closeness';
import { type Model, runNode } from './loras';
import { Sketch } from './picture-graphs';
import { type ReadReference, referenceHost, runGraph } from './pictures';
import recorded from './reference/embeddings/embeddings.json';

/** Largest difference of conditioning and latent, as a part of their range. */
const TOLERANCE = 1e-4;

const files = recorded.files as Readonly<Record<string, { readonly word: string; readonly prompt: string }>>;
const embeddingFiles = Object.keys(files);

/** A graph whose prompt has the word of an embedding. */
function graphWith(file: string, prompt: string) {
  const { width, height, steps, guidance, model, seed } = recorded;
  return new Sketch({
    prompt: { text: prompt },
    negative: { text: '' },
    checkpoint: { model },
    noise: { seed, width, height },
    scheduler: { sampler: 'euler', steps },
    cfg: { scale: guidance },
  })
    .add('learned', 'text/embedding-loader', {}, { file: `embeddings/${file}` })
    .wire('learned.embedding', 'positive-text.embedding')
    .wire('checkpoint.vae', 'noise.vae')
    .wire('checkpoint.unet', 'scheduler.unet').document;
}

/** Embeddings in every format on a device, against diffusers. */
export function testEmbeddings(makeDevice: () => Promise<Device>, read: ReadReference, wanted = embeddingFiles): void {
  const host = referenceHost(read);
  let device: Device;
  let file: SafetensorsFile;
  let model: Model;
  beforeAll(async () => {
    device = await makeDevice();
    file = openSafetensors(bytesInMemory((await read('embeddings/recorded.safetensors')) as Uint8Array));
    model = await runNode<Model>(host, 'models/checkpoint', {}, { model: recorded.model });
  });

  const load = async (name: string, params: object = {}): Promise<Embedding> => {
    const settings = { file: `embeddings/${name}`, ...params };
    return (await runNode<{ embedding: Embedding }>(host, 'text/embedding-loader', {}, settings)).embedding;
  };
  const encode = async (prompt: string, embedding: Embedding, syntax: PromptSyntax) => {
    const [entry, other] = await model.encoder.encode(device, prompt, [embedding], { syntax, clipSkip: 1 });
    if (!entry || other) throw new Error('These prompts are one text.');
    const numbers = Float32Array.from(await device.read(entry.tokens));
    device.dispose(entry.tokens);
    return { numbers, strip: entry.strip };
  };

  describe('an embedding is read, and its word in a prompt means what it means to diffusers:', () => {
    test.each(wanted)('%s', async (name) => {
      const { word, prompt } = files[name] as (typeof files)[string];
      const embedding = await load(name);
      expect(embedding.word).toBe(word);
      expect([...embedding.vectors]).toEqual([...file.read(`${name}.vectors`)]);
      const { numbers, strip } = await encode(prompt, embedding, 'plain');
      expectClose(numbers, file.read(`${name}.text`), TOLERANCE);
      const count = embedding.vectors.length / embedding.width;
      const learned = strip.chunks
        .flat()
        .flatMap((token) => (token.learned ? [`${token.text} ${token.learned.row}`] : []));
      expect(learned).toEqual([0, 1].flatMap(() => Array.from({ length: count }, (_, row) => `${word} ${row}`)));

      const { made, problems } = await runGraph(device, graphWith(name, prompt), read, host);
      expect(problems).toEqual([]);
      expectClose(made.get('end') ?? [], file.read(`${name}.latent`), TOLERANCE);
    });
  });

  test.each(wanted)('%s is known by its word and by the name of its file in A1111 and in ComfyUI', async (name) => {
    const embedding = await load(name);
    const stem = name.replace(/\.\w+$/, '');
    const plain = await encode(`red ${embedding.word} moon`, embedding, 'plain');
    for (const word of new Set([embedding.word, stem])) {
      expectClose((await encode(`red ${word} moon`, embedding, 'a1111')).numbers, plain.numbers, 1e-6);
      expectClose((await encode(`red embedding:${word} moon`, embedding, 'comfyui')).numbers, plain.numbers, 1e-6);
    }
    const renamed = await load(name, { word: 'zork' });
    const { strip } = await encode(`red ${stem} moon zork`, renamed, 'a1111');
    expect(new Set(strip.chunks.flat().map(({ learned }) => learned?.word))).toEqual(new Set([undefined, 'zork']));
  });

  test('a prompt names the embeddings of the library by itself, and means what diffusers means with them', async () => {
    const named = (file: string) => ({ name: file.replace(/\.\w+$/, ''), reference: `embeddings/${file}`, key: file });
    const library = { ...host, embeddings: ['bad-hands.pt', 'easynegative.safetensors'].map(named) };
    const { prompt } = files['bad-hands.pt'] as (typeof files)[string];
    for (const [syntax, text] of [
      ['plain', prompt.replaceAll('bad-hands', '<bad-hands>')],
      ['a1111', prompt],
      ['comfyui', prompt.replaceAll('bad-hands', 'embedding:bad-hands')],
    ] as const) {
      const { nodes, wires, ...document } = graphWith('', text);
      const alone = {
        ...document,
        nodes: nodes
          .filter(({ id }) => id !== 'learned')
          .map((node) => (node.id === 'positive-text' ? { ...node, params: { ...node.params, syntax } } : node)),
        wires: wires.filter(({ from }) => from[0] !== 'learned'),
      };
      const { made, problems } = await runGraph(device, alone, read, library);
      expect(problems).toEqual([]);
      // Commas end the names of ComfyUI, and stay text.
      expectClose(made.get('end') ?? [], file.read('bad-hands.pt.latent'), TOLERANCE);
    }
  });

  test('strength is a weight around the word where prompts have weights, and a factor of the vectors where not', async () => {
    const strong = await load('bad-hands.pt', { strength: 1.3 });
    const usual = await load('bad-hands.pt');
    for (const [syntax, prefix] of [
      ['a1111', ''],
      ['comfyui', 'embedding:'],
    ] as const) {
      const { numbers, strip } = await encode(`a red ${prefix}bad-hands moon`, strong, syntax);
      const weights = strip.chunks.flat().flatMap(({ learned, weight }) => (learned ? [weight] : []));
      expect(weights).toEqual(Array(5).fill(1.3));
      const written = await encode(`a red (${prefix}bad-hands:1.3) moon`, usual, syntax);
      expectClose(numbers, written.numbers, 1e-6);
    }
    const scaled = { ...usual, vectors: usual.vectors.map((value) => value * 1.3) };
    const plain = await encode('a red bad-hands moon', strong, 'plain');
    expectClose(plain.numbers, (await encode('a red bad-hands moon', scaled, 'plain')).numbers, 1e-6);
  });
}
