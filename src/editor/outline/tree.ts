import type { Graph, Registry } from '../../core/graph';
import { topologicalOrder } from '../../core/order';
import { zoneBodies } from '../../core/zones';
import { type Box, holds } from '../document/boxes';

/** A group is a zone or a frame; its `id` is that of the zone or the frame. */
export interface GroupItem {
  readonly kind: 'zone' | 'frame';
  readonly id: string;
  /** Of a zone, the node that starts it and the one that ends it. */
  readonly ends?: readonly [start: string, end: string];
  readonly children: readonly OutlineItem[];
}

export type OutlineItem = GroupItem | { readonly kind: 'node' | 'note'; readonly id: string };

interface Group {
  readonly kind: 'zone' | 'frame';
  readonly id: string;
  readonly ends?: readonly [string, string];
  readonly members: ReadonlySet<string>;
}

/** Zones with what is inside them, and frames with what lies wholly in them, the larger ones first. */
function groupsOf(graph: Graph, registry: Registry, boxes: ReadonlyMap<string, Box>): Group[] {
  const { bodies } = zoneBodies(graph, registry);
  const zones = graph.document.zones.map(({ id, start, end }): Group => {
    const inside = bodies.find(({ zone }) => zone.id === id)?.inside ?? [];
    return { kind: 'zone', id, ends: [start, end], members: new Set([start, ...inside, end]) };
  });
  const frames = graph.document.frames.map(({ id, at: [x, y], size: [width, height] }): Group => {
    const frame = { x, y, width, height };
    const members = [...boxes].filter(([other, box]) => other !== id && holds(frame, box));
    return { kind: 'frame', id, members: new Set(members.map(([member]) => member)) };
  });
  return [...zones, ...frames].sort((a, b) => b.members.size - a.members.size);
}

/** Without those that cut through a larger one: a tree cannot show both, and zones say more than frames. */
function nested(groups: readonly Group[]): Group[] {
  const kept: Group[] = [];
  const byWorth = [...groups].sort((a, b) => Number(a.kind === 'frame') - Number(b.kind === 'frame'));
  for (const group of byWorth) {
    const cuts = kept.some(({ members }) => {
      const shared = [...group.members].filter((id) => members.has(id)).length;
      return shared > 0 && shared < group.members.size && shared < members.size;
    });
    if (!cuts) kept.push(group);
  }
  return groups.filter((group) => kept.includes(group));
}

/**
 * The graph as an outline: nodes in the order of the wires, zones and frames as groups at the place of their first node,
 * notes where they are framed or at the end. What a zone takes from outside stands before it. `boxes` are the places of
 * nodes and notes on the canvas, which say what lies in a frame.
 */
export function outlineOf(graph: Graph, registry: Registry, boxes: ReadonlyMap<string, Box>): OutlineItem[] {
  const groups = nested(groupsOf(graph, registry, boxes));
  const zones = groups.filter(({ kind }) => kind === 'zone');
  const sources = (id: string) => (graph.into.get(id) ?? []).map(({ from }) => from[0]);
  const { order, cyclic } = topologicalOrder(graph.nodes.keys(), (id) => {
    const zone = zones.find(({ ends }) => ends?.[0] === id);
    const outside = zone ? [...zone.members].flatMap(sources).filter((source) => !zone.members.has(source)) : [];
    return [...sources(id), ...outside];
  });
  const notes = (graph.document.notes ?? []).map(({ id }) => id);
  const isNote = new Set(notes);
  const top: OutlineItem[] = [];
  const made = new Map<Group, OutlineItem[]>();
  /** The list in which members of a group stand, which is made where its first member is. */
  const listOf = (group: Group | undefined): OutlineItem[] => {
    if (!group) return top;
    const known = made.get(group);
    if (known) return known;
    const children: OutlineItem[] = [];
    made.set(group, children);
    const { kind, id, ends } = group;
    const outer = groups.findLast(
      (other) => other !== group && groups.indexOf(other) < groups.indexOf(group) && holdsAll(other, group),
    );
    listOf(outer).push({ kind, id, ...(ends && { ends }), children });
    return children;
  };
  for (const id of [...order, ...cyclic, ...notes]) {
    const group = groups.findLast(({ members }) => members.has(id));
    listOf(group).push({ kind: isNote.has(id) ? 'note' : 'node', id });
  }
  for (const group of groups) if (group.members.size === 0) listOf(group);
  return top;
}

/** An empty frame lies in nothing. */
const holdsAll = (outer: Group, { members }: Group) =>
  members.size > 0 && [...members].every((id) => outer.members.has(id));
