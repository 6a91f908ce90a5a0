import type { Network, WeightFile } from '../core/device';
import { Graph, type GraphOptions } from './graph';
import { placeParameters, writeModel } from './model';
import { weightFiles } from './weight-files';

/**
 * A network whose graph `build` describes. `key` must say everything that decides the graph: what computes, whose weights
 * (a content key) and all input shapes. The graph is built at the first use, so that asking for a known session costs nothing.
 */
export function defineNetwork(key: string, build: (graph: Graph) => void, options?: GraphOptions): Network {
  let made: { graph: Graph; model: () => Uint8Array; weights: readonly WeightFile[] } | undefined;
  const make = () => {
    if (!made) {
      const graph = new Graph(options);
      build(graph);
      const placed = placeParameters(graph);
      made = { graph, model: () => writeModel(graph, placed), weights: weightFiles(placed.values()) };
    }
    return made;
  };
  return {
    key: options?.fused === false ? `${key} plain` : key,
    model: () => make().model(),
    get weights() {
      return make().weights;
    },
  };
}
