import type { Document } from '../../core/document';
import type { Graph, Registry } from '../../core/graph';
import { zoneBodies } from '../../core/zones';
import { type Box, holds } from '../document/boxes';

export type Boxes = ReadonlyMap<string, Box>;

/** What stays together: what lies in a frame, the inside of a zone, or frames that overlap, which are moved as they are. */
export interface Block {
  readonly kind: 'frame' | 'zone' | 'rigid' | 'all';
  /** Of the frame; others are made up. */
  readonly id: string;
  /** Ids of all parts in it, also of those in blocks within. */
  readonly members: ReadonlySet<string>;
  readonly blocks: Block[];
  /** Ids of the nodes and notes that lie in no block within. */
  readonly own: string[];
}

/** Parts that lie wholly in each frame, without itself. Of two frames of one size the first holds the second. */
export function frameContents(document: Document, boxes: Boxes): Map<string, ReadonlySet<string>> {
  const frames = document.frames.flatMap(({ id }, i) => {
    const box = boxes.get(id);
    return box ? [{ id, box, i }] : [];
  });
  const rank = new Map(frames.map(({ id, i }) => [id, i]));
  const inside = ({ id, box, i }: (typeof frames)[number]) =>
    [...boxes].flatMap(([other, inner]) => {
      if (other === id || !holds(box, inner)) return [];
      const twin = rank.get(other);
      return twin !== undefined && twin < i && holds(inner, box) ? [] : [other];
    });
  return new Map(frames.map((frame) => [frame.id, new Set(inside(frame))]));
}

/** The chosen parts, with all of each frame that holds one of them. */
export function wholeFrames(chosen: Iterable<string>, contents: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const all = new Set(chosen);
  for (let size = -1; size !== all.size; ) {
    size = all.size;
    for (const [frame, inside] of contents)
      if (all.has(frame) || [...inside].some((id) => all.has(id))) for (const id of [frame, ...inside]) all.add(id);
  }
  return all;
}

const within = (a: ReadonlySet<string>, b: ReadonlySet<string>) => [...a].every((id) => b.has(id));
const meets = (a: ReadonlySet<string>, b: ReadonlySet<string>) => [...a].some((id) => b.has(id));
const crosses = (a: ReadonlySet<string>, b: ReadonlySet<string>) => meets(a, b) && !within(a, b) && !within(b, a);

type Group = Pick<Block, 'kind' | 'id' | 'members'>;

const withSelf = ({ kind, id, members }: Group): ReadonlySet<string> =>
  kind === 'frame' ? new Set([id, ...members]) : members;

/** Frames; those that share parts, where none holds the other, are one. */
function frameGroups(contents: ReadonlyMap<string, ReadonlySet<string>>, scope: ReadonlySet<string>): Group[] {
  const groups: Group[] = [...contents]
    .filter(([id]) => scope.has(id))
    .map(([id, inside]) => ({ kind: 'frame', id, members: inside }));
  for (;;) {
    const pair = groups.flatMap((a, i) => {
      const b = groups.slice(i + 1).find((other) => crosses(withSelf(a), withSelf(other)));
      return b ? [[a, b] as const] : [];
    })[0];
    if (!pair) return groups;
    const [a, b] = pair;
    const members = new Set([...withSelf(a), ...withSelf(b)]);
    const rest = groups.filter((group) => group !== a && group !== b && !members.has(group.id));
    groups.splice(0, groups.length, ...rest, { kind: 'rigid', id: `rigid ${a.id} ${b.id}`, members });
  }
}

/** Zones that are whole in `scope` and that no frame cuts through. */
function zoneGroups(graph: Graph, registry: Registry, scope: ReadonlySet<string>, frames: readonly Group[]): Group[] {
  const zones: Group[] = [];
  for (const { zone, inside } of zoneBodies(graph, registry).bodies) {
    const members = new Set([zone.start, ...inside, zone.end]);
    const cut = (group: Group) =>
      crosses(new Set([...group.members].filter((id) => graph.nodes.has(id))), members) ||
      (group.kind === 'rigid' && within(members, group.members));
    if (within(members, scope) && ![...frames, ...zones].some(cut))
      zones.push({ kind: 'zone', id: `zone ${zone.id}`, members });
  }
  return zones;
}

/** The tree of blocks among the parts of `scope`. */
export function blocksOf(
  graph: Graph,
  registry: Registry,
  contents: ReadonlyMap<string, ReadonlySet<string>>,
  scope: ReadonlySet<string>,
): Block {
  const frames = frameGroups(contents, scope);
  const nodesIn = ({ members }: Pick<Block, 'members'>) => [...members].filter((id) => graph.nodes.has(id)).length;
  const groups = [...frames, ...zoneGroups(graph, registry, scope, frames)].sort(
    (a, b) =>
      nodesIn(b) - nodesIn(a) ||
      Number(a.kind === 'zone') - Number(b.kind === 'zone') ||
      b.members.size - a.members.size,
  );
  const all: Block = { kind: 'all', id: 'all', members: scope, blocks: [], own: [] };
  const blocks: Block[] = [all];
  const holder = (id: string, nodes: readonly string[]) =>
    blocks.findLast(
      ({ kind, members }) =>
        kind !== 'rigid' && (members.has(id) || (nodes.length > 0 && nodes.every((node) => members.has(node)))),
    ) ?? all;
  for (const group of groups) {
    const block: Block = { ...group, blocks: [], own: [] };
    holder(
      group.id,
      [...group.members].filter((id) => graph.nodes.has(id)),
    ).blocks.push(block);
    blocks.push(block);
  }
  const framed = new Set(frames.map(({ id }) => id));
  for (const id of scope) if (!framed.has(id)) blocks.findLast(({ members }) => members.has(id))?.own.push(id);
  return all;
}
