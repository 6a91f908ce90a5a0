import { apply, type Operator, type Value } from '../graph';
import { describe, dimension, operand } from '../shapes';
import { add } from './add';
import { matrixMultiply } from './matrix-multiply';
import { multiply } from './multiply';
import { reshape } from './reshape';
import { softmax } from './softmax';
import { transpose } from './transpose';

interface Attributes {
  readonly heads: number;
  /** Whether a position sees only itself and those before it. */
  readonly causal: boolean;
}

const operator: Operator<Attributes> = {
  name: 'MultiHeadAttention',
  infer(inputs, { heads }) {
    const query = operand('Attention', inputs, 0);
    const key = operand('Attention', inputs, 1);
    const value = operand('Attention', inputs, 2);
    const [n, rows, width] = query;
    if (query.length !== 3 || key[0] !== n || key[2] !== width || value.join() !== key.join()) {
      throw new Error(`Attention: ${describe(query)}, ${describe(key)} and ${describe(value)} do not fit each other.`);
    }
    if (!Number.isInteger(dimension(query, 2) / heads)) {
      throw new Error(`Attention: the width ${width} cannot be divided among ${heads} heads.`);
    }
    return [[dimension(query, 0), rows ?? 0, dimension(query, 2)]];
  },
  emit: ({ node, attributes: { heads, causal } }) =>
    node('MultiHeadAttention', {
      domain: 'com.microsoft',
      attributes: { num_heads: { int: heads }, unidirectional: { int: causal ? 1 : 0 } },
    }),
  gradient() {
    throw new Error('Fused attention has no gradient. Build the graph with `fused: false`.');
  },
};

/**
 * Scaled dot-product attention, https://arxiv.org/abs/1706.03762 section 3.2: `query` `[n, s, d]`, `key` and `value`
 * `[n, t, d]`, the result `[n, s, d]`. The scale is `1 / sqrt(d / heads)`.
 */
export function attention(query: Value, key: Value, value: Value, attributes: Attributes): Value {
  return query.graph.options.fused
    ? apply(operator, [query, key, value], attributes)
    : plainAttention(query, key, value, attributes);
}

function plainAttention(query: Value, key: Value, value: Value, { heads, causal }: Attributes): Value {
  const [n = 0, s = 0, width = 0] = query.dims;
  const t = dimension(key.dims, 1);
  const { graph } = query;
  const perHead = (x: Value, permutation: readonly number[]) =>
    transpose(reshape(x, [n, dimension(x.dims, 1), heads, width / heads]), permutation);
  // Scaled before the product, which half precision might not hold.
  const scaled = multiply(query, graph.constant([1 / Math.sqrt(width / heads)], [1], query.type));
  let scores = matrixMultiply(perHead(scaled, [0, 2, 1, 3]), perHead(key, [0, 2, 3, 1]));
  if (causal) {
    // Finite, also in half precision, because infinities become NaN on some GPUs.
    const mask = Float32Array.from({ length: s * t }, (_, i) => (i % t > Math.floor(i / t) ? -6e4 : 0));
    scores = add(scores, graph.constant(mask, [1, 1, s, t], query.type));
  }
  const mixed = matrixMultiply(softmax(scores), perHead(value, [0, 2, 1, 3]));
  return reshape(transpose(mixed, [0, 2, 1, 3]), [n, s, width]);
}
