import type { WireEnd } from '../../core/document';
import type { Graph } from '../../core/graph';
import { registry } from '../registry';
import { inspect as words } from '../text/inspect';
import { portWords } from '../words';

/** "denoised of Sampler step". */
export function titleOf(graph: Graph, [id, port]: WireEnd): string {
  const node = graph.nodes.get(id);
  return words.from(portWords(port), node?.title ?? registry.get(node?.type ?? '')?.title ?? id);
}
