import type { Footprint, Network, UnboundNetwork, WeightFile } from '../core/device';
import { footprintOf } from './footprint';
import { Graph, type GraphOptions } from './graph';
import { placeParameters, weightName, writeModel } from './model';
import { parameterBytes, weightFiles } from './weight-files';

/**
 * A network whose graph `build` describes. `key` must say everything that decides the graph: what computes, whose weights
 * (a content key) and all input shapes. The graph is built at the first use, so that asking for a known session costs nothing.
 */
export function defineNetwork(key: string, build: (graph: Graph) => void, options?: GraphOptions): Network {
  let made:
    | { model: () => Uint8Array; weights: readonly WeightFile[]; unbound: UnboundNetwork; footprint: Footprint }
    | undefined;
  const make = () => {
    if (!made) {
      const graph = new Graph(options);
      build(graph);
      const placed = placeParameters(graph);
      made = {
        model: () => writeModel(graph, placed),
        weights: weightFiles(placed.values()),
        footprint: footprintOf(graph),
        unbound: {
          model: () => writeModel(graph, placed, 'inputs'),
          weights: [...placed].map(([{ type, dims }, place], index) => {
            return { name: weightName(index), type, dims, read: () => parameterBytes(place) };
          }),
        },
      };
    }
    return made;
  };
  return {
    key: [key, ...variants(options)].join(' '),
    ...(options?.optimization && { optimization: options.optimization }),
    model: () => make().model(),
    get weights() {
      return make().weights;
    },
    get footprint() {
      return make().footprint;
    },
    get unbound() {
      return make().unbound;
    },
  };
}

function variants({ fused, precision = 'float32' }: GraphOptions = { fused: true }): string[] {
  return [...(fused ? [] : ['plain']), ...(precision === 'float32' ? [] : [precision])];
}
