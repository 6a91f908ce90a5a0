import { canConnect } from '../../core/connect';
import type { Document, Wire } from '../../core/document';
import { graphOf, type Registry } from '../../core/graph';
import { passedSource } from '../../core/pass-through';
import { removeParts, withPartners } from './nodes';
import { allOf, type Recipe } from './recipe';
import { connect, disconnect, wireId } from './wires';

/**
 * Removes parts and wires. What a removed node would have passed on when bypassed goes straight on to those that it fed,
 * where the kinds allow it.
 */
export function removal(
  document: Document,
  registry: Registry,
  ids: Iterable<string>,
  wires: ReadonlySet<string>,
): Recipe {
  const gone = withPartners(document, ids);
  const left = { ...document, wires: document.wires.filter(({ to }) => !wires.has(wireId(to))) };
  const graph = graphOf(left);
  const stays = left.wires.filter(({ from, to }) => !gone.has(from[0]) && !gone.has(to[0]));
  const bridges: Wire[] = [];
  for (const { from, to } of left.wires) {
    if (!gone.has(from[0]) || gone.has(to[0])) continue;
    const source = passedSource(graph, registry, from, (id) => gone.has(id));
    const now = { ...left, wires: [...stays, ...bridges] };
    if (source && canConnect(now, registry, source, to).ok) bridges.push({ from: source, to });
  }
  return allOf(disconnect(wires), removeParts(gone), ...bridges.map(({ from, to }) => connect(from, to)));
}
