import type { Document } from '../../core/document';
import { keepVersion as keep, type VersionReason } from '../../storage/versions';
import { partsOf } from '../document/parts';
import { documentStore } from '../state/document-store';
import { isFollowed } from '../state/keeping-store';
import { tabsStore } from '../state/tabs';

/** Milliseconds of work between versions. */
const interval = 10 * 60_000;

/** A gesture that takes out as many parts, or changes as many and half of all, is preceded by a version. */
const [manyGone, manyChanged] = [5, 20];

/** When the last version of an open graph was kept. */
const lastAt = new Map<string, number>();

function isLarge(before: Document, after: Document): boolean {
  const now = new Map(partsOf(after).map((part) => [part.id, part]));
  const parts = partsOf(before);
  const gone = parts.filter(({ id }) => !now.has(id)).length;
  const changed = parts.filter((part) => now.get(part.id) !== part).length;
  return gone >= manyGone || (changed >= manyChanged && 2 * changed > parts.length);
}

function reasonFor(before: Document, after: Document, label: string): VersionReason | undefined {
  const last = lastAt.get(before.id);
  if (last === undefined) return { is: 'opened' };
  if (isLarge(before, after)) return { is: 'before', label };
  return Date.now() - last > interval ? { is: 'interval' } : undefined;
}

/** Keeps a version of a graph. What cannot be kept is told with the graph itself, which needs the same storage. */
export async function keepVersion(document: Document, why: VersionReason): Promise<void> {
  lastAt.set(document.id, Date.now());
  await keep(document, why).catch(() => {});
}

/** Keeps versions as the graph that is shown changes: as it was opened, before large changes, and every ten minutes of work. */
export function keepVersions() {
  documentStore.subscribe(({ history }, { history: before }) => {
    const [was, is] = [before.document, history.document];
    if (was === is || was.id !== is.id || isFollowed(is.id) || partsOf(was).length === 0) return;
    const why = reasonFor(was, is, history.past.at(-1)?.label ?? '');
    if (why) void keepVersion(was, why);
  });
  tabsStore.subscribe(({ order }) => {
    for (const id of lastAt.keys()) if (!order.includes(id)) lastAt.delete(id);
  });
}
