import type { Device, Network, Tensor } from '../src/core/device';
import type { Graph, GraphOptions } from '../src/onnx/graph';
import { defineNetwork } from '../src/onnx/network';
import type { Weights } from '../src/onnx/weights';
import { parseClipTextConfig } from './clip-text-config';
import { buildClipText, tokenEmbeddingName } from './clip-text-graph';
import { outputOf } from './outputs';

/** Vectors that stand where a token's own would: position in the chunk to vector, as textual inversion needs. */
export type VectorsByPosition = ReadonlyMap<number, Float32Array>;

/** The network half of a text encoder: token ids to conditioning. */
export interface ClipText {
  readonly width: number;
  /** Tokens in a chunk, 77. */
  readonly length: number;
  readonly vocabulary: number;
  /**
   * Chunks of `length` ids each to the last hidden state after the final norm, chunk after chunk: `[1, length * n, width]`.
   * `vectors[i]` belongs to `chunks[i]`.
   */
  encode(
    device: Device,
    chunks: readonly (readonly number[])[],
    vectors?: readonly (VectorsByPosition | undefined)[],
  ): Promise<Tensor>;
}

/** `config` is a transformers config.json; a field that is not supported is refused by name. */
export function openClipText(
  config: unknown,
  weights: Weights,
  source: { readonly key: string; readonly graph?: GraphOptions },
): ClipText {
  const parsed = parseClipTextConfig(config);
  const { hidden_size: width, max_position_embeddings: length, vocab_size: vocabulary } = parsed;
  const networks = new Map<number, Network>();

  const networkFor = (chunks: number): Network => {
    const known = networks.get(chunks);
    if (known) return known;
    const build = (graph: Graph) => buildClipText(graph, weights, parsed, chunks);
    const made = defineNetwork(`clip-text ${source.key} ${chunks}x${length}`, build, source.graph);
    networks.set(chunks, made);
    return made;
  };

  const lookUp = (chunks: readonly (readonly number[])[], vectors: readonly (VectorsByPosition | undefined)[]) => {
    const table = tokenEmbeddingName(weights);
    const rows = new Map<number, Float32Array>();
    const data = new Float32Array(chunks.length * length * width);
    chunks.forEach((ids, chunk) => {
      if (ids.length !== length)
        throw new Error(`A chunk has ${ids.length} tokens; this text encoder takes ${length}.`);
      ids.forEach((id, position) => {
        let row = vectors[chunk]?.get(position) ?? rows.get(id);
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
        data.set(row, (chunk * length + position) * width);
      });
    });
    return data;
  };

  return {
    width,
    length,
    vocabulary,
    async encode(device, chunks, vectors = []) {
      if (chunks.length === 0) throw new Error('There are no tokens to encode.');
      const embeddings = device.tensor(lookUp(chunks, vectors), [chunks.length, length, width]);
      try {
        return outputOf(await device.run(networkFor(chunks.length), { embeddings }), 'hidden');
      } finally {
        device.dispose(embeddings);
      }
    },
  };
}
