import type { Device, Network, Tensor } from '../src/core/device';
import type { TakesLora } from '../src/core/lora';
import type { Graph, GraphOptions } from '../src/onnx/graph';
import { defineNetwork } from '../src/onnx/network';
import type { Weights } from '../src/onnx/weights';
import { type ClipTextConfig, parseClipTextConfig } from './clip-text-config';
import { buildClipText, tokenEmbeddingName } from './clip-text-graph';
import { placesOf } from './lora/places';
import { emptyStack, type LoraStack } from './lora/stack';
import { outputOf } from './outputs';
import { inFloat32 } from './precision';

/** Vectors that stand where a token's own would: position in the chunk to vector, as textual inversion needs. */
export type VectorsByPosition = ReadonlyMap<number, Float32Array>;

/** The network half of a text encoder: token ids to conditioning. */
export interface ClipText extends TakesLora<ClipText> {
  /** What a larger graph, one that trains, is built of. Networks that others exported have none. */
  readonly parts?: ClipTextParts;
  readonly width: number;
  /** Tokens in a chunk, 77. */
  readonly length: number;
  readonly vocabulary: number;
  /** The vectors of the tokens `begin` to `end` (exclusive), `[end - begin, width]`. Networks that others exported have none. */
  readonly tokenRows?: (begin: number, end: number) => Float32Array;
  /** How many layers it has: the largest `clipSkip`. */
  readonly layers: number;
  /**
   * A chunk of `length` ids to the hidden state of the layer `clipSkip` from the end, 1 being the last, after the final
   * norm: `[1, length, width]`.
   */
  encode(device: Device, ids: readonly number[], vectors: VectorsByPosition, clipSkip: number): Promise<Tensor>;
}

export interface ClipTextParts {
  /** Content key of config and weights. */
  readonly key: string;
  readonly config: ClipTextConfig;
  readonly weights: Weights;
  /** Whether LoRAs change it. */
  readonly changed: boolean;
  /** The vectors of a chunk's tokens, `[length, width]`. */
  lookUp(ids: readonly number[], vectors: VectorsByPosition): Float32Array<ArrayBuffer>;
}

/** `config` is a transformers config.json; a field that is not supported is refused by name. */
export function openClipText(
  config: unknown,
  weights: Weights,
  source: { readonly key: string; readonly title: string; readonly graph?: GraphOptions },
): ClipText {
  const parsed = parseClipTextConfig(config);
  const { hidden_size: width, max_position_embeddings: length, vocab_size: vocabulary } = parsed;
  const networks = new Map<string, Network>();

  const networkFor = (clipSkip: number, loras: LoraStack): Network => {
    const key = `clip-text ${source.key}${loras.key} ${length} skip ${clipSkip}`;
    const known = networks.get(key);
    if (known) return known;
    const build = (graph: Graph) => buildClipText(graph, weights, parsed, clipSkip, loras.add(graph));
    const made = defineNetwork(key, build, inFloat32(source.graph));
    networks.set(key, made);
    return made;
  };

  const lookUp = (ids: readonly number[], vectors: VectorsByPosition) => {
    if (ids.length !== length) throw new Error(`A chunk has ${ids.length} tokens; this text encoder takes ${length}.`);
    const table = tokenEmbeddingName(weights);
    const rows = new Map<number, Float32Array>();
    const data = new Float32Array(length * width);
    for (const [position, id] of ids.entries()) {
      let row = vectors.get(position) ?? rows.get(id);
      if (!row) {
        if (id < 0 || id >= vocabulary) {
          throw new Error(`The token ${id} is not among the ${vocabulary} that this text encoder knows.`);
        }
        row = weights.readRows(table, id, id + 1);
        rows.set(id, row);
      }
      if (row.length !== width) {
        throw new Error(`An embedding has ${row.length} numbers, but this text encoder works with ${width}.`);
      }
      data.set(row, position * width);
    }
    return data;
  };

  const withLoras = (loras: LoraStack): ClipText => ({
    width,
    length,
    vocabulary,
    layers: parsed.num_hidden_layers,
    tokenRows: (begin, end) => weights.readRows(tokenEmbeddingName(weights), begin, end),
    parts: { key: source.key, config: parsed, weights, changed: loras.key !== '', lookUp },
    async encode(device, ids, vectors, clipSkip) {
      const feeds = {
        embeddings: device.tensor(lookUp(ids, vectors), [1, length, width]),
        ...loras.strengths(device),
      };
      try {
        return outputOf(await device.run(networkFor(clipSkip, loras), feeds), 'hidden');
      } finally {
        for (const tensor of Object.values(feeds)) device.dispose(tensor);
      }
    },
    withLora(lora, strength) {
      const { stack, placed } = loras.with(lora, strength);
      return { network: withLoras(stack), placed };
    },
  });
  return withLoras(emptyStack('text-encoder', source.title, () => placesOf(weights)));
}
