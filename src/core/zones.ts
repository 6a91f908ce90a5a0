import type { Zone } from './document';
import { downstream, type Graph, type Registry } from './graph';
import type { Problem } from './problem';

/**
 * A denoise zone with what is inside it: everything that depends on the zone's start and does not come after its end.
 * What does not depend on the start is outside by definition, so it is computed once (it is hoisted).
 */
export interface ZoneBody {
  readonly zone: Zone;
  /** Without start and end. */
  readonly inside: ReadonlySet<string>;
}

/** The zones of a graph, inner ones before the outer ones that hold them, and what is wrong with any of them. */
export function zoneBodies(graph: Graph, registry: Registry): { bodies: ZoneBody[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const bodies: ZoneBody[] = [];
  const titleOf = (id: string) => {
    const node = graph.nodes.get(id);
    return node?.title ?? (node && registry.get(node.type)?.title) ?? id;
  };
  const paired = new Set(graph.document.zones.flatMap(({ start, end }) => [start, end]));
  for (const { id, type } of graph.document.nodes) {
    const definition = registry.get(type);
    if ((definition?.loopStart || definition?.loopEnd) && !paired.has(id))
      problems.push({
        node: id,
        what: `${titleOf(id)} belongs to no zone.`,
        cure: 'A zone needs a start and an end: add a denoise zone, which brings both.',
      });
  }
  for (const zone of graph.document.zones) {
    const definition = registry.get(graph.nodes.get(zone.start)?.type ?? '');
    const endType = graph.nodes.get(zone.end)?.type;
    if (!definition?.loopStart || definition.loopStart.end !== endType) {
      problems.push({ node: zone.start, what: `${titleOf(zone.start)} and ${titleOf(zone.end)} do not make a zone.` });
      continue;
    }
    const inside = downstream(graph, [zone.start], zone.end);
    const after = downstream(graph, [zone.end]);
    const leaving = [...inside].find((id) => after.has(id));
    if (leaving !== undefined)
      problems.push({
        node: leaving,
        what: `${titleOf(leaving)} takes a value from inside the denoise zone and another from behind its end.`,
        cure: `Nothing leaves a zone but through its end: wire it from ${titleOf(zone.end)}.`,
      });
    else if (after.has(zone.start)) problems.push({ node: zone.start, what: 'A zone cannot feed its own start.' });
    else bodies.push({ zone, inside });
  }
  bodies.sort((a, b) => a.inside.size - b.inside.size);
  for (const [i, a] of bodies.entries())
    for (const b of bodies.slice(i + 1)) {
      const nested = b.inside.has(a.zone.start) && b.inside.has(a.zone.end);
      if (nested) continue;
      const ends = ({ start, end }: Zone, { inside }: ZoneBody) => [start, end].filter((id) => inside.has(id));
      const [shared] = [...[...a.inside].filter((id) => b.inside.has(id)), ...ends(a.zone, b), ...ends(b.zone, a)];
      if (shared !== undefined)
        problems.push({
          node: shared,
          what: `${titleOf(shared)} is inside two denoise zones at once.`,
          cure: 'Feed it from one zone, or put one zone wholly inside the other.',
        });
    }
  return { bodies, problems };
}
