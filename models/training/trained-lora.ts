import type { Graph, Value } from '../../src/onnx/graph';
import { cast } from '../../src/onnx/ops/cast';
import { gemm } from '../../src/onnx/ops/gemm';
import type { Additions, Branch, Weights } from '../../src/onnx/weights';

/** A linear layer that is to be trained: its name in the weights, and the sizes of its weight `[outputs, inputs]`. */
export interface TrainedLayer {
  readonly name: string;
  readonly outputs: number;
  readonly inputs: number;
}

/** The projections of attention, to which diffusers' and kohya's trainers add by default. */
const PROJECTION = /\.(to_q|to_k|to_v|to_out\.0|q_proj|k_proj|v_proj|out_proj)$/;

/** The layers of a network that a LoRA is trained for, in the order of the weights. */
export function trainedLayers(weights: Weights): TrainedLayer[] {
  return [...weights.names].flatMap((name) => {
    const layer = name.replace(/\.weight$/, '');
    const [outputs, inputs] = weights.shape(name) ?? [];
    if (layer === name || !PROJECTION.test(layer) || outputs === undefined || inputs === undefined) return [];
    return [{ name: layer, outputs, inputs }];
  });
}

/** The factors of one layer as inputs of a graph: `down` `[rank, in]`, `up` `[out, rank]`. */
export interface Factors {
  readonly layer: TrainedLayer;
  readonly down: Value;
  readonly up: Value;
}

/**
 * Low-rank branches beside the layers of a network (https://arxiv.org/abs/2106.09685) whose factors are inputs of the graph,
 * `PREFIX.LAYER.down` and `PREFIX.LAYER.up`. Their strength is 1: alpha equals the rank.
 */
export function trainedLora(
  graph: Graph,
  layers: readonly TrainedLayer[],
  rank: number,
  prefix: string,
): { readonly additions: Additions; readonly factors: readonly Factors[] } {
  const factors = layers.map((layer) => ({
    layer,
    down: graph.input(`${prefix}.${layer.name}.down`, [rank, layer.inputs], 'float32'),
    up: graph.input(`${prefix}.${layer.name}.up`, [layer.outputs, rank], 'float32'),
  }));
  const byName = new Map(factors.map((pair) => [pair.layer.name, pair]));
  return {
    factors,
    additions: {
      branches(name) {
        const pair = byName.get(name);
        return pair ? [branchOf(pair)] : [];
      },
      changed: (_layer, _name, value) => value,
    },
  };
}

function branchOf({ layer, down, up }: Factors): Branch {
  return {
    linear: (rows) => gemm(gemm(rows, cast(down, rows.type)), cast(up, rows.type)),
    convolution() {
      throw new Error(`The layer "${layer.name}" is a convolution; only linear layers are trained.`);
    },
  };
}
