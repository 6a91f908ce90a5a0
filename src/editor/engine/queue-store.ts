import { createStore } from 'zustand/vanilla';
import type { Document } from '../../core/document';
import type { RunWay } from '../../engine/worker-api';
import type { Seed } from '../document/seeds';
import type { Shown } from '../state/run-store';

/** A run that waits, goes on or is over. */
export interface Entry {
  readonly id: number;
  /** The graph as it was when it was queued, with its seeds. */
  readonly graph: Document;
  /** Nodes to run to; everything that shows or saves something where absent. */
  readonly targets: readonly string[] | undefined;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  /** The seeds that were rolled for it. */
  readonly seeds: readonly Seed[];
  /** What those were when it was queued. */
  readonly before: readonly Seed[];
  /** The undo step that their showing is part of. */
  readonly gesture: string;
  /** The pictures that it made so far, by node. */
  readonly shown: Readonly<Record<string, Shown>>;
  readonly milliseconds: number | undefined;
  /** It was started by a change of the graph and not by a person: the next change takes its place. */
  readonly live: boolean;
  /** The zone that goes on from a step of the last run. */
  readonly from?: RunWay['from'];
}

interface QueueState {
  /** In the order in which they run; those that are over come first. */
  readonly entries: readonly Entry[];
}

export const queueStore = createStore<QueueState>(() => ({ entries: [] }));

/** Entries that were over before these are let go: how many are kept, and how many bytes of pictures. */
const kept = { entries: 60, bytes: 256 * 2 ** 20 } as const;

const isOver = ({ state }: Entry): boolean => state !== 'waiting' && state !== 'running';

const bytesOf = ({ shown }: Entry): number =>
  Object.values(shown).reduce(
    (sum, { pictures }) => sum + pictures.reduce((more, { pixels }) => more + pixels.byteLength, 0),
    0,
  );

/** Without the oldest of those that are over, where there are more than are kept. */
function bounded(entries: readonly Entry[]): readonly Entry[] {
  let bytes = 0;
  let count = 0;
  const stays = new Set<Entry>();
  for (const entry of entries.toReversed()) {
    if (isOver(entry)) {
      count += 1;
      bytes += bytesOf(entry);
      if (count > kept.entries || (bytes > kept.bytes && count > 1)) continue;
    }
    stays.add(entry);
  }
  return stays.size === entries.length ? entries : entries.filter((entry) => stays.has(entry));
}

const change = (step: (entries: readonly Entry[]) => readonly Entry[]) =>
  queueStore.setState(({ entries }) => ({ entries: bounded(step(entries)) }));

let last = 0;

/** Puts a run at the end of the queue. */
export function append(entry: Omit<Entry, 'id' | 'state' | 'shown' | 'milliseconds'>): void {
  last += 1;
  const id = last;
  change((entries) => [...entries, { ...entry, id, state: 'waiting', shown: {}, milliseconds: undefined }]);
}

export const update = (id: number, by: Partial<Entry>) =>
  change((entries) => entries.map((entry) => (entry.id === id ? { ...entry, ...by } : entry)));

/** Takes entries out that do not run. */
export const removeWhere = (goes: (entry: Entry) => boolean) =>
  change((entries) => entries.filter((entry) => entry.state === 'running' || !goes(entry)));

/** Moves a waiting entry one place up (-1) or down (1) among those that wait. */
export const move = (id: number, by: -1 | 1) =>
  change((entries) => {
    const waiting = entries.filter(({ state }) => state === 'waiting');
    const at = waiting.findIndex((entry) => entry.id === id);
    const other = waiting[at + by];
    const entry = waiting[at];
    if (!entry || !other) return entries;
    return entries.map((one) => (one === entry ? other : one === other ? entry : one));
  });

/** The entry that runs, and the next one. */
export const runningEntry = (): Entry | undefined =>
  queueStore.getState().entries.find(({ state }) => state === 'running');
export const nextEntry = (): Entry | undefined =>
  queueStore.getState().entries.find(({ state }) => state === 'waiting');
