import type { Content, Document, DocumentNode, Frame, Note, Subgraph, Wire, Zone } from './document';

/** One value that differs. What is not there is undefined. */
export interface FieldChange {
  /** A parameter of a node, or another field of it: its title, where it lies, whether it is muted. */
  readonly of: 'parameter' | 'field';
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A part that is in both graphs and differs. */
export interface PartChange<T> {
  readonly id: string;
  readonly before: T;
  readonly after: T;
  readonly fields: readonly FieldChange[];
}

export interface PartChanges<T> {
  readonly added: readonly T[];
  readonly removed: readonly T[];
  readonly changed: readonly PartChange<T>[];
}

export interface ContentChanges {
  readonly nodes: PartChanges<DocumentNode>;
  readonly frames: PartChanges<Frame>;
  readonly notes: PartChanges<Note>;
  readonly zones: PartChanges<Zone>;
  /** Wires are told by what they connect; those that only take another way are `rerouted`. */
  readonly wires: {
    readonly added: readonly Wire[];
    readonly removed: readonly Wire[];
    readonly rerouted: readonly Wire[];
  };
}

export interface SubgraphChange extends ContentChanges {
  readonly id: string;
  readonly before: Subgraph;
  readonly after: Subgraph;
  /** Its title, help, sockets and parameters. */
  readonly fields: readonly FieldChange[];
}

/** How one graph differs from another. */
export interface DocumentChanges extends ContentChanges {
  /** The graph's name. */
  readonly fields: readonly FieldChange[];
  readonly subgraphs: {
    readonly added: readonly Subgraph[];
    readonly removed: readonly Subgraph[];
    readonly changed: readonly SubgraphChange[];
  };
}

/** Whether two values of JSON are the same; the order of keys does not count. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b || Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => same(left[key], right[key]));
}

function fieldsOf(before: object, after: object, of: FieldChange['of'], without: readonly string[] = []) {
  const [a, b] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].flatMap((name): FieldChange[] =>
    without.includes(name) || same(a[name], b[name]) ? [] : [{ of, name, before: a[name], after: b[name] }],
  );
}

const nodeFields = (before: DocumentNode, after: DocumentNode): FieldChange[] => [
  ...fieldsOf(before.params, after.params, 'parameter'),
  ...fieldsOf(before, after, 'field', ['params']),
];

const partFields = (before: object, after: object): FieldChange[] => fieldsOf(before, after, 'field');

function compareParts<T extends { readonly id: string }>(
  before: readonly T[],
  after: readonly T[],
  fields: (before: T, after: T) => FieldChange[],
): PartChanges<T> {
  const [old, now] = [before, after].map((parts) => new Map(parts.map((part) => [part.id, part])));
  return {
    added: after.filter(({ id }) => !old?.has(id)),
    removed: before.filter(({ id }) => !now?.has(id)),
    changed: after.flatMap((part): PartChange<T>[] => {
      const was = old?.get(part.id);
      const differing = was && was !== part ? fields(was, part) : [];
      return was && differing.length ? [{ id: part.id, before: was, after: part, fields: differing }] : [];
    }),
  };
}

const wireKey = ({ from, to }: Wire): string => [...from, ...to].join(' ');

function compareContent(before: Content, after: Content): ContentChanges {
  const [old, now] = [before, after].map(({ wires }) => new Map(wires.map((wire) => [wireKey(wire), wire])));
  return {
    nodes: compareParts(before.nodes, after.nodes, nodeFields),
    frames: compareParts(before.frames, after.frames, partFields),
    notes: compareParts(before.notes ?? [], after.notes ?? [], partFields),
    zones: compareParts(before.zones, after.zones, partFields),
    wires: {
      added: after.wires.filter((wire) => !old?.has(wireKey(wire))),
      removed: before.wires.filter((wire) => !now?.has(wireKey(wire))),
      rerouted: after.wires.filter((wire) => {
        const was = old?.get(wireKey(wire));
        return was && !same(was.via, wire.via);
      }),
    },
  };
}

/** How many differences there are. */
export function countChanges(changes: ContentChanges): number {
  const { nodes, frames, notes, zones, wires } = changes;
  const parts = [nodes, frames, notes, zones].flatMap(({ added, removed, changed }) => [added, removed, changed]);
  const own = [...parts, wires.added, wires.removed, wires.rerouted].reduce((sum, list) => sum + list.length, 0);
  const fields = 'fields' in changes ? (changes.fields as readonly FieldChange[]).length : 0;
  if (!('subgraphs' in changes)) return own + fields;
  const { added, removed, changed } = (changes as DocumentChanges).subgraphs;
  return own + fields + added.length + removed.length + changed.reduce((sum, inside) => sum + countChanges(inside), 0);
}

const contentKeys = ['nodes', 'wires', 'zones', 'frames', 'notes'];

function compareSubgraphs(before: readonly Subgraph[], after: readonly Subgraph[]): DocumentChanges['subgraphs'] {
  const old = new Map(before.map((subgraph) => [subgraph.id, subgraph]));
  const now = new Set(after.map(({ id }) => id));
  return {
    added: after.filter(({ id }) => !old.has(id)),
    removed: before.filter(({ id }) => !now.has(id)),
    changed: after.flatMap((subgraph): SubgraphChange[] => {
      const was = old.get(subgraph.id);
      if (!was || was === subgraph) return [];
      const fields = fieldsOf(was, subgraph, 'field', contentKeys);
      const change = { id: subgraph.id, before: was, after: subgraph, fields, ...compareContent(was, subgraph) };
      return countChanges(change) ? [change] : [];
    }),
  };
}

/**
 * What has to be done to `before` to make it `after`. Parts are told by their ids; where the user looks and the ids of the graphs do
 * not count.
 */
export function compareDocuments(before: Document, after: Document): DocumentChanges {
  return {
    fields: before.name === after.name ? [] : fieldsOf({ name: before.name }, { name: after.name }, 'field'),
    ...compareContent(before, after),
    subgraphs: compareSubgraphs(before.subgraphs ?? [], after.subgraphs ?? []),
  };
}
