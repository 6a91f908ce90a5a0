import { apply, type Operator, recomputed, type Value } from '../graph';
import { describe, dimension, operand } from '../shapes';
import { add } from './add';
import { concatenate } from './concatenate';
import { matrixMultiply } from './matrix-multiply';
import { multiply } from './multiply';
import { reshape } from './reshape';
import { softmax } from './softmax';
import { split } from './split';
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

/** How many times what the queries have a group of heads may have as scores. */
const SCORES_OF_A_GROUP = 4;

/** Sizes of groups of heads whose scores are there together: as many as do not need much more than the queries themselves. */
function groupsOfHeads({ dims: [, heads = 0, rows = 0, width = 0] }: Value, seen: number): number[] {
  const together = Math.floor((SCORES_OF_A_GROUP * heads * rows * width) / (rows * seen));
  const most = Math.min(heads, Math.max(1, together));
  return Array.from({ length: Math.ceil(heads / most) }, (_, i) => Math.min(most, heads - i * most));
}

/** One group of heads after the other, so that the scores of one alone are there at a time, and computed again. */
function groupByGroup(
  queries: Value,
  keys: Value,
  values: Value,
  mix: (query: Value, key: Value, value: Value) => Value,
): Value {
  const sizes = groupsOfHeads(queries, dimension(keys.dims, -1));
  const [q, k, v] = [queries, keys, values].map((all) => split(all, 1, sizes)) as [Value[], Value[], Value[]];
  const mixed = sizes.map((_, i) =>
    recomputed(queries.graph, 'head', () => mix(q[i] as Value, k[i] as Value, v[i] as Value)),
  );
  return concatenate(mixed as [Value, ...Value[]], 1);
}

function plainAttention(query: Value, key: Value, value: Value, { heads, causal }: Attributes): Value {
  const [n = 0, s = 0, width = 0] = query.dims;
  const t = dimension(key.dims, 1);
  const { graph } = query;
  const perHead = (x: Value, permutation: readonly number[]) =>
    transpose(reshape(x, [n, dimension(x.dims, 1), heads, width / heads]), permutation);
  // Scaled before the product, which half precision might not hold.
  const scaled = multiply(query, graph.constant([1 / Math.sqrt(width / heads)], [1], query.type));
  const queries = perHead(scaled, [0, 2, 1, 3]);
  const keys = perHead(key, [0, 2, 3, 1]);
  const values = perHead(value, [0, 2, 1, 3]);
  // Finite, also in half precision, because infinities become NaN on some GPUs.
  const future = (i: number) => (i % t > Math.floor(i / t) ? -6e4 : 0);
  const mask = causal
    ? graph.constant(
        Float32Array.from({ length: s * t }, (_, i) => future(i)),
        [1, 1, s, t],
        query.type,
      )
    : undefined;
  const mix = (q: Value, k: Value, v: Value) => {
    const scores = matrixMultiply(q, k);
    return matrixMultiply(softmax(mask ? add(scores, mask) : scores), v);
  };
  const mixed = graph.options.recompute?.includes('head')
    ? groupByGroup(queries, keys, values, mix)
    : mix(queries, keys, values);
  return reshape(transpose(mixed, [0, 2, 1, 3]), [n, s, width]);
}
