import type { Network } from '../../core/device';
import type { Graph, Precision } from '../../onnx/graph';
import { defineNetwork } from '../../onnx/network';
import { attention } from '../../onnx/ops/attention';

const ROWS = 64;
const HEADS = 2;
const HEAD_WIDTH = 40;
const WIDTH = HEADS * HEAD_WIDTH;

/** Attention as diffusion networks use it, small, fused into ONNX Runtime's kernel. */
export function attentionTest(precision: Precision): Network {
  const build = (graph: Graph) => {
    const [query, key, value] = ['query', 'key', 'value'].map((name) => graph.input(name, [1, ROWS, WIDTH]));
    if (query && key && value) graph.output('mixed', attention(query, key, value, { heads: HEADS, causal: false }));
  };
  return defineNetwork(`attention test ${ROWS} ${HEADS} ${HEAD_WIDTH}`, build, { fused: true, precision });
}

/** Largest error that rounding alone makes of the test. */
export const attentionTestTolerance: Record<Precision, number> = {
  float32: 1e-4,
  'float16-weights': 1e-4,
  float16: 3e-2,
};

export const attentionTestDims = [1, ROWS, WIDTH];

/** Numbers in -2..2 without a pattern that a wrong kernel could hide behind. */
function numbers(seed: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: ROWS * WIDTH }, (_, i) => 2 * Math.sin((i + 1) * (i + 7) * seed));
}

export const attentionTestFeeds = { query: numbers(0.13), key: numbers(0.29), value: numbers(0.41) };

/** Scaled dot-product attention (https://arxiv.org/abs/1706.03762) of the feeds in double precision. */
function expected(): Float64Array {
  const { query, key, value } = attentionTestFeeds;
  const result = new Float64Array(ROWS * WIDTH);
  for (let head = 0; head < HEADS; head++) {
    const at = (row: number, i: number) => row * WIDTH + head * HEAD_WIDTH + i;
    for (let row = 0; row < ROWS; row++) {
      const scores = Array.from({ length: ROWS }, (_, other) => {
        let sum = 0;
        for (let i = 0; i < HEAD_WIDTH; i++) sum += (query[at(row, i)] as number) * (key[at(other, i)] as number);
        return sum / Math.sqrt(HEAD_WIDTH);
      });
      const top = Math.max(...scores);
      const weights = scores.map((score) => Math.exp(score - top));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      weights.forEach((weight, other) => {
        for (let i = 0; i < HEAD_WIDTH; i++) {
          const place = at(row, i);
          result[place] = (result[place] as number) + (weight / total) * (value[at(other, i)] as number);
        }
      });
    }
  }
  return result;
}

/** Largest difference between what a device computed and what attention is. */
export function attentionTestError(mixed: Float32Array): number {
  return expected().reduce((worst, value, i) => Math.max(worst, Math.abs(value - (mixed[i] ?? Number.NaN))), 0);
}
