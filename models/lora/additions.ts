import type { LayerChange, StoredTensor } from '../../src/core/lora';
import type { Graph, Value } from '../../src/onnx/graph';
import { add } from '../../src/onnx/ops/add';
import { cast } from '../../src/onnx/ops/cast';
import { concatenate } from '../../src/onnx/ops/concatenate';
import { convolution } from '../../src/onnx/ops/convolution';
import { gemm } from '../../src/onnx/ops/gemm';
import { matrixMultiply } from '../../src/onnx/ops/matrix-multiply';
import { multiply } from '../../src/onnx/ops/multiply';
import { reshape } from '../../src/onnx/ops/reshape';
import { halves } from '../../src/onnx/ops/split';
import { dimension } from '../../src/onnx/shapes';
import type { Additions, Branch } from '../../src/onnx/weights';
import type { PlacedChanges } from './places';
import { asMatrix } from './products';

/**
 * What LoRAs add to the layers of a graph, with the inputs `lora_0` ..., each `[1]`: how much each of them counts.
 *
 * A low-rank change is a branch beside its layer: two thin products of the layer's input, no matter how large the weight is,
 * and gradients reach its factors without one for the weight. LoHa and LoKr have no such branch: an elementwise product of two
 * matrices of rank r has rank r², a Kronecker product up to full rank. They are made from their factors in each run and added
 * to the weight, which costs about as much as reading it, whatever the size of the picture. The strength enters before the
 * factors meet, so that ONNX Runtime cannot compute the whole change beforehand and keep it: a session holds factors only.
 */
export function additionsOf(graph: Graph, loras: readonly PlacedChanges[]): Additions {
  const all = loras.map((changes, i) => ({
    prefix: `lora_${i}`,
    changes,
    strength: graph.input(`lora_${i}`, [1], 'float32'),
  }));
  const changesAt = (full: string) =>
    all.flatMap(({ prefix, changes, strength }) =>
      (changes.get(full) ?? []).map((change, i) => ({ change, at: { prefix: `${prefix}.${full}.${i}`, strength } })),
    );
  return {
    branches: (full) =>
      changesAt(full).flatMap(({ change, at }) => (change.kind === 'low-rank' ? [lowRankBranch(change, at)] : [])),
    changed: (full, name, value) =>
      changesAt(full).reduce((sum, { change, at }) => {
        const difference = differenceOf(change, name, value, at);
        return difference ? add(sum, cast(difference, sum.type)) : sum;
      }, value),
  };
}

/** Where a change stands in the graph: a prefix for the names of its parameters, and its strength `[1]`. */
interface At {
  readonly prefix: string;
  readonly strength: Value;
}

type ChangeOf<K extends LayerChange['kind']> = Extract<LayerChange, { kind: K }>;

function scaled(tensor: StoredTensor, scale: number): () => Float32Array {
  return () => (scale === 1 ? tensor.read() : tensor.read().map((value) => value * scale));
}

function lowRankBranch({ down, core, up, scale }: ChangeOf<'low-rank'>, { prefix, strength }: At): Branch {
  const { graph } = strength;
  const rank = down.shape[0] ?? 0;
  const outputs = up.shape[0] ?? 0;
  /** How much of the thin product there is, then the wide one. */
  const weigh = (thin: Value) => multiply(thin, cast(strength, thin.type));
  const take = (name: string, x: Value, dims: readonly number[], read: () => Float32Array) =>
    cast(graph.parameter(`${prefix}.${name}`, dims, read), x.type);
  const takeUp = (x: Value, dims: readonly number[]) => take('up', x, dims, scaled(up, scale));
  return {
    linear(rows) {
      const thin = gemm(
        rows,
        take('down', rows, [rank, dimension(rows.dims, 1)], () => down.read()),
      );
      const inner = core
        ? gemm(
            thin,
            take('core', rows, [rank, rank], () => core.read()),
          )
        : thin;
      return gemm(weigh(inner), takeUp(rows, [outputs, rank]));
    },
    convolution(x, { kernel, ...attributes }) {
      const pointwise = { stride: 1, pads: [0, 0, 0, 0] } as const;
      const wide = [kernel, kernel];
      const narrow = take('down', x, [rank, dimension(x.dims, 1), ...(core ? [1, 1] : wide)], () => down.read());
      const thin = convolution(x, narrow, undefined, core ? pointwise : attributes);
      const inner = core
        ? convolution(
            thin,
            take('core', x, [rank, rank, ...wide], () => core.read()),
            undefined,
            attributes,
          )
        : thin;
      return convolution(weigh(inner), takeUp(x, [outputs, rank, 1, 1]), undefined, pointwise);
    },
  };
}

/** What a change that is no branch adds to a parameter of its layer; undefined where it is of the other one. */
function differenceOf(change: LayerChange, name: string, value: Value, at: At): Value | undefined {
  const { graph } = value;
  if (change.kind === 'difference') {
    if (change.of !== name) return undefined;
    return multiply(
      graph.parameter(`${at.prefix}.${name}`, value.dims, () => change.tensor.read()),
      at.strength,
    );
  }
  if (name !== 'weight' || change.kind === 'low-rank') return undefined;
  return reshape(change.kind === 'hadamard' ? hadamard(change, at) : kronecker(change, at), value.dims);
}

/** Both products of LoHa in one batch, of which the strength scales the first alone. */
function hadamard({ first, second, scale }: ChangeOf<'hadamard'>, { prefix, strength }: At): Value {
  const { graph } = strength;
  const [rows = 0, rank = 0] = first[0].shape;
  const [, columns] = asMatrix(first[1].shape);
  const left = graph.parameter(`${prefix}.left`, [2, rows, rank], () =>
    joined(scaled(first[0], scale)(), second[0].read()),
  );
  const right = graph.parameter(`${prefix}.right`, [2, rank, columns], () => joined(first[1].read(), second[1].read()));
  const factors = reshape(concatenate([strength, graph.constant([1], [1], 'float32')], 0), [2, 1, 1]);
  const [a, b] = halves(matrixMultiply(multiply(left, factors), right), 0);
  return multiply(a, b);
}

function joined(a: Float32Array, b: Float32Array): Float32Array {
  const both = new Float32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** `[o1, o2, i1, i2 * kernel]`, which is the layout of `[o1 * o2, i1 * i2, ...kernel]`. */
function kronecker({ first, second, scale }: ChangeOf<'kronecker'>, { prefix, strength }: At): Value {
  const { graph } = strength;
  const [o1, i1] = asMatrix(first.shape);
  const [o2, rest] = asMatrix(second.shape);
  const outer = graph.parameter(`${prefix}.first`, [o1, 1, i1, 1], scaled(first, scale));
  const inner = graph.parameter(`${prefix}.second`, [1, o2, 1, rest], () => second.read());
  return multiply(multiply(outer, strength), inner);
}
