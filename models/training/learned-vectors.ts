import type { Graph, Value } from '../../src/onnx/graph';
import { add } from '../../src/onnx/ops/add';
import { cast } from '../../src/onnx/ops/cast';
import { matrixMultiply } from '../../src/onnx/ops/matrix-multiply';
import { reshape } from '../../src/onnx/ops/reshape';

/**
 * Embeddings `[batch, length, width]` of prompts in which a learned word stands: the known tokens' as they are, and at its
 * places the rows of `vectors` `[count, width]`, by a product with a table of zeros and ones. That has a gradient which runs on
 * every device, which looking up rows has not.
 * Inputs: `embeddings`, zero where the word stands, and `places` `[batch * length, count]`.
 */
export function withLearnedVectors(graph: Graph, vectors: Value, batch: number, length: number): Value {
  const [count = 0, width = 0] = vectors.dims;
  const embeddings = graph.input('embeddings', [batch, length, width]);
  const places = graph.input('places', [batch * length, count], 'float32');
  const placed = reshape(matrixMultiply(places, vectors), [batch, length, width]);
  return add(embeddings, cast(placed, embeddings.type));
}
