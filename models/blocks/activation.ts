import type { Value } from '../../src/onnx/graph';
import { gelu } from '../../src/onnx/ops/gelu';
import { quickGelu } from '../../src/onnx/ops/quick-gelu';
import { relu } from '../../src/onnx/ops/relu';
import { silu } from '../../src/onnx/ops/silu';

/** By the names that diffusers and transformers give them. */
const activations = { silu, swish: silu, gelu, relu, quick_gelu: quickGelu } satisfies Record<
  string,
  (x: Value) => Value
>;

export type Activation = keyof typeof activations;

export function activate(x: Value, name: Activation): Value {
  return activations[name](x);
}
