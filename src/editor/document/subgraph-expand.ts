import { isBorder, subgraphOf } from '../../core/subgraph';
import { inlined } from '../../core/subgraph-inline';
import { recipes as words } from '../text/recipes';
import { freeId, takenIds } from './ids';
import type { Point } from './nodes';
import type { Part } from './parts';
import { nodeOf, type Recipe, type Shown } from './recipe';
import { middleOf } from './subgraph-make';

export type Expansion = { readonly recipe: Recipe; readonly ids: readonly string[] } | { readonly refusal: string };

/** Puts what is inside of an instance in its place, as it would run. `ids` are the parts that were inside. */
export function expandInstance(document: Shown, id: string): Expansion {
  const instance = nodeOf(document, id);
  const subgraph = instance && subgraphOf(document, instance.type);
  if (!subgraph) return { refusal: words.expand.none };
  if (instance.bypassed)
    return {
      refusal: words.expand.bypassed,
    };
  const taken = takenIds(document);
  taken.delete(id);
  const { nodes, zones, frames, notes = [] } = subgraph;
  const parts: Part[] = [...nodes.filter(({ type }) => !isBorder(type)), ...frames, ...notes];
  const renamed = new Map<string, string>();
  for (const part of [...parts, ...zones]) {
    // As it was called inside, if nothing has taken that meanwhile.
    const free = taken.has(part.id) ? freeId(taken, part.id.replace(/-\d+$/, '')) : part.id;
    taken.add(free);
    renamed.set(part.id, free);
  }
  const now = (inner: string) => renamed.get(inner) ?? inner;
  const middle = middleOf(parts);
  const by: Point = [instance.at[0] - middle[0], instance.at[1] - middle[1]];
  const moved = <T extends Part>(part: T): T => ({ ...part, at: [part.at[0] + by[0], part.at[1] + by[1]] });
  const inside = new Set(parts.map((part) => now(part.id)));
  const next = inlined(document, instance, subgraph, now);
  const recipe: Recipe = (draft) => {
    draft.nodes = next.nodes.map((node) =>
      inside.has(node.id) ? { ...moved(node), ...(instance.muted && { muted: true }) } : node,
    );
    draft.wires = next.wires.map((wire) =>
      wire.via && inside.has(wire.from[0]) && inside.has(wire.to[0])
        ? { ...wire, via: wire.via.map(([x, y]): [number, number] => [x + by[0], y + by[1]]) }
        : wire,
    );
    draft.zones = next.zones;
    if (frames.length)
      draft.frames = [...document.frames, ...frames.map((part) => ({ ...moved(part), id: now(part.id) }))];
    if (notes.length)
      draft.notes = [...(document.notes ?? []), ...notes.map((part) => ({ ...moved(part), id: now(part.id) }))];
    if (!document.params) return;
    const inner = new Map(subgraph.params.map(({ name, of }) => [name, of]));
    draft.params = document.params.flatMap((parameter) => {
      if (parameter.of[0] !== id) return [parameter];
      const of = inner.get(parameter.of[1]);
      return of ? [{ ...parameter, of: [now(of[0]), of[1]] as [string, string] }] : [];
    });
  };
  return { recipe, ids: [...inside] };
}
