import type { Document, DocumentNode } from '../core/document';
import { type Graph, graphOf, inputSpec, type Registry } from '../core/graph';
import { kinds } from '../core/kinds';
import { passedSource } from '../core/pass-through';
import type { Problem } from '../core/problem';

/** A graph without what the user took out of it for a while. */
export interface ActiveGraph {
  /** No wire begins or ends at a muted or bypassed node; what a bypassed one passes on comes from behind it. */
  readonly graph: Graph;
  /** Nodes that a muted or bypassed one leaves without what they need. */
  readonly left: ReadonlyMap<string, readonly Problem[]>;
}

export const isInactive = (node: DocumentNode | undefined): boolean => !!(node?.muted || node?.bypassed);

/** Takes muted and bypassed nodes out of a graph. An optional input goes without what a muted node would have brought. */
export function activeGraph(document: Document, registry: Registry): ActiveGraph {
  const whole = graphOf(document);
  if (!document.nodes.some(isInactive)) return { graph: whole, left: new Map() };
  const left = new Map<string, Problem[]>();
  const titleOf = (node: DocumentNode | undefined) =>
    node?.title ?? registry.get(node?.type ?? '')?.title ?? node?.id ?? '';
  const bypassed = (id: string) => !!whole.nodes.get(id)?.bypassed && !whole.nodes.get(id)?.muted;
  const wires = document.wires.flatMap(({ from, to }) => {
    const target = whole.nodes.get(to[0]);
    if (isInactive(target)) return [];
    const node = whole.nodes.get(from[0]);
    if (!isInactive(node)) return [{ from, to }];
    const source = passedSource(whole, registry, from, bypassed);
    const muted = source && whole.nodes.get(source[0])?.muted ? whole.nodes.get(source[0]) : undefined;
    if (source && !muted) return [{ from: source, to }];
    const definition = registry.get(target?.type ?? '');
    const spec = definition && inputSpec(definition, to[1]);
    if (muted && spec?.optional) return [];
    const what = spec ? kinds[spec.kind].phrase : 'a value';
    const problem: Problem = {
      node: to[0],
      port: to[1],
      ...(muted
        ? {
            what: `${titleOf(target)} needs ${what} from ${titleOf(muted)}, which is muted.`,
            cure: `Unmute ${titleOf(muted)}, or wire ${to[1]} from elsewhere.`,
            fix: { do: 'enable', label: 'Unmute', node: muted.id },
          }
        : {
            what: `${titleOf(target)} needs ${what} from ${titleOf(node)}, which is bypassed and has none to pass on.`,
            cure: `Take the bypass off ${titleOf(node)}, or wire ${to[1]} from elsewhere.`,
            fix: { do: 'enable', label: 'Take the bypass off', node: from[0] },
          }),
    };
    left.set(to[0], [...(left.get(to[0]) ?? []), problem]);
    return [];
  });
  return { graph: graphOf({ ...document, wires }), left };
}
