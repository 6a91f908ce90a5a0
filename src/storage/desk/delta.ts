import type { Document } from '../../core/document';

/** A part of a list that was taken out, and what came in its place. */
interface Splice {
  readonly at: number;
  readonly removed: number;
  readonly inserted: readonly unknown[];
}

/** Items of a list that were replaced, by their places. */
interface Replaced {
  readonly replaced: readonly (readonly [at: number, item: unknown])[];
}

type ListChange = Splice | Replaced;

/** What makes one state of a graph into the next: as small as the change, whatever the size of the graph. */
export interface Delta {
  /** Fields that have another value. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Fields that are gone. */
  readonly gone?: readonly string[];
  /** Lists that differ in some of their items. */
  readonly lists?: Readonly<Record<string, ListChange>>;
}

function listChange(before: readonly unknown[], after: readonly unknown[]): ListChange {
  if (before.length === after.length) {
    const replaced = after.flatMap((item, at) => (item === before[at] ? [] : [[at, item] as const]));
    return { replaced };
  }
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { at: head, removed: before.length - head - tail, inserted: after.slice(head, after.length - tail) };
}

/**
 * The difference of two states of a graph. They are compared by identity, as states that share what did not change
 * can be; equal parts that are not the same object count as changed. Undefined when nothing did.
 */
export function deltaOf(before: Document, after: Document): Delta | undefined {
  const [old, now] = [before, after] as unknown as [Record<string, unknown>, Record<string, unknown>];
  const set: Record<string, unknown> = {};
  const lists: Record<string, ListChange> = {};
  for (const [key, value] of Object.entries(now)) {
    const was = old[key];
    if (was === value || value === undefined) continue;
    if (Array.isArray(was) && Array.isArray(value)) lists[key] = listChange(was, value);
    else set[key] = value;
  }
  const gone = Object.keys(old).filter((key) => old[key] !== undefined && now[key] === undefined);
  const delta: Delta = {
    ...(Object.keys(set).length && { set }),
    ...(gone.length && { gone }),
    ...(Object.keys(lists).length && { lists }),
  };
  return Object.keys(delta).length ? delta : undefined;
}

function withChange(list: readonly unknown[], change: ListChange): unknown[] {
  const next = [...list];
  if ('replaced' in change) for (const [at, item] of change.replaced) next[at] = item;
  else next.splice(change.at, change.removed, ...change.inserted);
  return next;
}

/** The state after a change. What comes out of a database has to be checked when all its changes are made. */
export function withDelta(document: Document, { set = {}, gone = [], lists = {} }: Delta): Document {
  const next: Record<string, unknown> = { ...document, ...set };
  for (const key of gone) delete next[key];
  for (const [key, change] of Object.entries(lists))
    next[key] = withChange(Array.isArray(next[key]) ? next[key] : [], change);
  return next as unknown as Document;
}

/** True where nothing but the place changed at which the user looks. */
export const isOnlyView = ({ set = {}, gone = [], lists = {} }: Delta): boolean =>
  [...Object.keys(set), ...gone, ...Object.keys(lists)].every((key) => key === 'view');
