import type { Device, Tensor } from '../src/core/device';
import type { Lora } from '../src/core/lora';
import { ProblemError } from '../src/core/problem';
import type { Embedding, PromptReading, PromptSyntax, PromptToken, TextEncoder } from '../src/core/values';
import { emphasizeA1111, emphasizeComfy } from '../src/diffusion/prompt/emphasis';
import type { ClipText, VectorsByPosition } from './clip-text';
import { type PromptText, readPrompt } from './prompt-layout';
import type { Tokenizer } from './tokenizer';
import { textParts } from './training/parts';

type Chunk = readonly PromptToken[];

const PLAIN: PromptReading = { syntax: 'plain', clipSkip: 1 };

/** Tokenizer and network together: a prompt to its conditioning. */
export function assembleTextEncoder(
  tokenizer: Tokenizer,
  network: ClipText,
  { key, title }: { readonly key: string; readonly title: string },
): TextEncoder {
  const { width } = network;
  const { maxLength, startId, endId, padId } = tokenizer;

  const idsOf = (chunk: Chunk): number[] => {
    const ids = [startId, ...chunk.map(({ id }) => id), endId];
    return [...ids, ...Array<number>(maxLength - ids.length).fill(padId)];
  };

  /** Encodes chunks, those that read the same only once. */
  const encoderOf = (device: Device, vectorsOfWord: ReadonlyMap<string, Float32Array>, clipSkip: number) => {
    const known = new Map<string, Promise<Float32Array>>();
    const run = (chunk: Chunk): Promise<Tensor> => {
      const vectors: VectorsByPosition = new Map(
        chunk.flatMap(({ learned }, i) => {
          const rows = learned && vectorsOfWord.get(learned.word);
          return rows ? [[i + 1, rows.subarray(learned.row * width, (learned.row + 1) * width)]] : [];
        }),
      );
      return network.encode(device, idsOf(chunk), vectors, clipSkip);
    };
    const read = (chunk: Chunk): Promise<Float32Array> => {
      const name = JSON.stringify(chunk.map(({ id, learned }) => (learned ? [learned.word, learned.row] : id)));
      const made = known.get(name) ?? run(chunk).then((tensor) => takeOut(device, tensor));
      known.set(name, made);
      return made;
    };
    return { run, read };
  };

  const add = network.withLora;
  const encoder: TextEncoder = {
    key,
    title,
    width,
    ...(add && {
      withLora(lora: Lora, strength: number) {
        const { network: changed, placed } = add(lora, strength);
        return { network: assembleTextEncoder(tokenizer, changed, { key, title }), placed };
      },
    }),
    async encode(device, prompt, embeddings, reading = PLAIN) {
      for (const embedding of embeddings) checkWidth(embedding, width, title);
      if (reading.clipSkip > network.layers) {
        throw new ProblemError({
          port: 'clipSkip',
          what: `The text encoder "${title}" has ${network.layers} layers, so there is none at a clip skip of ${reading.clipSkip}.`,
          cure: `Choose a clip skip of 1 to ${network.layers}.`,
        });
      }
      const learned = learnedWords(embeddings, reading.syntax);
      const words = learned.map(({ word, vectors }) => ({ word, count: vectors.length / width }));
      const strengths = new Map(learned.map(({ word, weight }) => [word, weight]));
      const texts = readPrompt(prompt, words, tokenizer, reading).map((text) => weighed(text, strengths));
      const encoder = encoderOf(device, new Map(learned.map(({ word, vectors }) => [word, vectors])), reading.clipSkip);
      const [first] = texts;
      const [only, ...others] = first?.strip.chunks ?? [];
      if (first && only && texts.length === 1 && others.length === 0 && !isWeighted([only])) {
        return [{ tokens: await encoder.run(only), strip: first.strip }];
      }
      const hidden = await (reading.syntax === 'comfyui' ? encodeComfy : encodeA1111)(texts, encoder.read, maxLength);
      return texts.flatMap(({ strip, at }, i) => {
        if (at?.length === 0) return [];
        const tokens = device.tensor(joined(hidden[i] ?? []), [1, strip.chunks.length * maxLength, width]);
        return [{ tokens, strip, ...(at && { during: { count: reading.steps ?? 0, at } }) }];
      });
    },
  };
  textParts.set(encoder, { tokenizer, network });
  return encoder;
}

interface Learned {
  readonly word: string;
  readonly vectors: Float32Array;
  /** What the weights of its tokens are multiplied by. */
  readonly weight: number;
}

/**
 * The words of embeddings in a syntax. Where prompts have weights, the strength of an embedding is one, as if it were written
 * around the word; in the plain syntax, which has none, it multiplies the vectors. Names of files are words in A1111 and
 * ComfyUI alone: in a plain prompt they would take the place of ordinary words.
 */
function learnedWords(embeddings: readonly Embedding[], syntax: PromptSyntax): Learned[] {
  const plain = syntax === 'plain';
  return embeddings.flatMap(({ word, aliases = [], vectors, strength = 1 }) => {
    const scaled = plain && strength !== 1 ? vectors.map((value) => value * strength) : vectors;
    const names = plain ? [word] : [word, ...aliases];
    return names.map((name) => ({ word: name, vectors: scaled, weight: plain ? 1 : strength }));
  });
}

function weighed(text: PromptText, strengths: ReadonlyMap<string, number>): PromptText {
  const chunks = text.strip.chunks.map((chunk) =>
    chunk.map((token) => {
      const strength = (token.learned && strengths.get(token.learned.word)) ?? 1;
      return strength === 1 ? token : { ...token, weight: token.weight * strength };
    }),
  );
  return { ...text, strip: { ...text.strip, chunks } };
}

type Read = (chunk: Chunk) => Promise<Float32Array>;

const isWeighted = (chunks: readonly Chunk[]): boolean => chunks.flat().some(({ weight }) => weight !== 1);

/** The weight of each position of a chunk: start, end and padding count once. */
const weightsOf = (chunk: Chunk, length: number): number[] =>
  Array.from({ length }, (_, i) => chunk[i - 1]?.weight ?? 1);

/** The chunks of each text, those at one place of all texts restored to their common mean. */
async function encodeA1111(texts: readonly PromptText[], read: Read, length: number): Promise<Float32Array[][]> {
  const places = texts[0]?.strip.chunks ?? [];
  const byPlace: Float32Array[][] = [];
  for (const place of places.keys()) {
    const chunks: { hidden: Float32Array; weights: number[]; times: number }[] = [];
    for (const { strip, times } of texts) {
      const chunk = strip.chunks[place] ?? [];
      chunks.push({ hidden: await read(chunk), weights: weightsOf(chunk, length), times });
    }
    byPlace.push(emphasizeA1111(chunks));
  }
  return texts.map((_, i) => byPlace.map((arrays) => arrays[i] as Float32Array));
}

async function encodeComfy(texts: readonly PromptText[], read: Read, length: number): Promise<Float32Array[][]> {
  const byText: Float32Array[][] = [];
  for (const { strip } of texts) {
    const empty = isWeighted(strip.chunks) ? await read([]) : undefined;
    const arrays: Float32Array[] = [];
    for (const chunk of strip.chunks) {
      const hidden = await read(chunk);
      arrays.push(empty ? emphasizeComfy({ hidden, weights: weightsOf(chunk, length) }, empty) : hidden);
    }
    byText.push(arrays);
  }
  return byText;
}

/** The numbers of a tensor that is not needed any further. */
async function takeOut(device: Device, tensor: Tensor): Promise<Float32Array> {
  try {
    return Float32Array.from(await device.read(tensor));
  } finally {
    device.dispose(tensor);
  }
}

function joined(arrays: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const all = new Float32Array(arrays.reduce((length, array) => length + array.length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}

function checkWidth(embedding: Embedding, width: number, title: string): void {
  if (embedding.width === width) return;
  throw new Error(
    `The embedding "${embedding.word}" has vectors of ${embedding.width} numbers, but the text encoder "${title}" works ` +
      `with ${width}. It was trained for another family of models.`,
  );
}
