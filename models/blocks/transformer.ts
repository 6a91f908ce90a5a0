import { recomputed, type Value } from '../../src/onnx/graph';
import { add } from '../../src/onnx/ops/add';
import { attention } from '../../src/onnx/ops/attention';
import { cast } from '../../src/onnx/ops/cast';
import { gelu } from '../../src/onnx/ops/gelu';
import { multiply } from '../../src/onnx/ops/multiply';
import { reshape } from '../../src/onnx/ops/reshape';
import { halves } from '../../src/onnx/ops/split';
import { transpose } from '../../src/onnx/ops/transpose';
import { dimension } from '../../src/onnx/shapes';
import type { Parameters } from '../../src/onnx/weights';
import { groupNorm, layerNorm, linear } from './layers';

/** diffusers fixes these two, whatever a config says of its other norms. */
const GROUP_NORM_EPSILON = 1e-6;
const LAYER_NORM_EPSILON = 1e-5;

export interface TransformerSettings {
  readonly heads: number;
  readonly layers: number;
  readonly groups: number;
  /** Whether the first attention of a layer looks at the context, like the second. */
  readonly onlyCrossAttention: boolean;
  /** Whether half precision cannot hold its products of queries and keys, as in Stable Diffusion 2. */
  readonly upcastAttention: boolean;
}

/** `[n, c, h, w]` to `[n, h * w, c]`. */
export function pixelsToRows(x: Value): Value {
  const [n = 0, channels = 0, height = 0, width = 0] = x.dims;
  return transpose(reshape(x, [n, channels, height * width]), [0, 2, 1]);
}

/** `[n, h * w, c]` to `[n, c, h, w]`. */
export function rowsToPixels(x: Value, dims: readonly number[]): Value {
  return reshape(transpose(x, [0, 2, 1]), dims);
}

/**
 * diffusers' `Transformer2DModel` on `[n, c, h, w]`, with the context `[n, t, d]`. Its projections are 1x1 convolutions in
 * SD 1.x and linear layers in SD 2.x, which are the same numbers.
 */
export function spatialTransformer(
  x: Value,
  context: Value,
  parameters: Parameters,
  settings: TransformerSettings,
): Value {
  const channels = dimension(x.dims, 1);
  if (channels % settings.heads !== 0) {
    throw new Error(
      `Attention at "${parameters.prefix}": ${channels} channels cannot be divided among ${settings.heads} heads.`,
    );
  }
  return recomputed(x.graph, 'block', () => {
    const normal = groupNorm(x, parameters.at('norm'), settings.groups, GROUP_NORM_EPSILON);
    let rows = linear(pixelsToRows(normal), parameters.at('proj_in'), channels);
    for (let layer = 0; layer < settings.layers; layer += 1) {
      rows = transformerLayer(rows, context, parameters.at('transformer_blocks').at(layer), settings);
    }
    return add(rowsToPixels(linear(rows, parameters.at('proj_out'), channels), x.dims), x);
  });
}

/** diffusers' `BasicTransformerBlock`: attention, cross-attention, feed-forward, each on top of what it was given. */
function transformerLayer(x: Value, context: Value, parameters: Parameters, settings: TransformerSettings): Value {
  const normal = (value: Value, name: string) => layerNorm(value, parameters.at(name), LAYER_NORM_EPSILON);
  let rows = x;
  const first = normal(rows, 'norm1');
  const seen = settings.onlyCrossAttention ? context : first;
  rows = add(rows, projectedAttention(first, seen, parameters.at('attn1'), settings));
  rows = add(rows, projectedAttention(normal(rows, 'norm2'), context, parameters.at('attn2'), settings));
  return add(rows, feedForward(normal(rows, 'norm3'), parameters.at('ff.net')));
}

/** Attention with its four projections, as diffusers names them. */
function projectedAttention(x: Value, seen: Value, parameters: Parameters, settings: TransformerSettings): Value {
  const { heads, upcastAttention } = settings;
  const type = upcastAttention ? 'float32' : x.type;
  const width = dimension(x.dims, -1);
  const query = linear(x, parameters.at('to_q'), width);
  const key = linear(seen, parameters.at('to_k'), width);
  const value = linear(seen, parameters.at('to_v'), width);
  const wide = [query, key, value].map((projected) => cast(projected, type)) as [Value, Value, Value];
  const mixed = cast(attention(...wide, { heads, causal: false }), x.type);
  return linear(mixed, parameters.at('to_out.0'), width);
}

/** GEGLU, https://arxiv.org/abs/2002.05202: half of the widened input gates the other. */
function feedForward(x: Value, parameters: Parameters): Value {
  const width = dimension(x.dims, -1);
  const [value, gate] = halves(linear(x, parameters.at('0.proj'), width * 8), -1);
  return linear(multiply(value, gelu(gate)), parameters.at('2'), width);
}
