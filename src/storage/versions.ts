import { type Document, parseDocument, writeDocument } from '../core/document';
import { database, type VersionReason, type VersionRecord } from './database';
import { transact } from './desk/records';

export type { VersionReason } from './database';

/** A version without its graph. */
export type Version = Omit<VersionRecord, 'text'>;

const hour = 3_600_000;
const day = 24 * hour;

/** Versions that are older than the first number are kept one for each span of the second; milliseconds. */
const spans: readonly (readonly [age: number, span: number])[] = [
  [30 * day, 30 * day],
  [day, day],
  [hour, hour],
];

/** The most versions that a graph has, besides those with a name. */
const most = 200;

/**
 * Which of a graph's versions have become too many: of those without a name the last hour has all, the last day one for each hour, the
 * last month one for each day, the time before one for each thirty days. Of several in a span the first is kept, as what came last
 * is in the next one.
 */
export function superfluous(versions: readonly Pick<Version, 'key' | 'at' | 'name'>[], now: number): string[] {
  const taken = new Set<string>();
  const kept: string[] = [];
  const gone: string[] = [];
  for (const { key, at, name } of [...versions].sort((a, b) => a.at - b.at)) {
    if (name !== undefined) continue;
    const [, span] = spans.find(([age]) => now - at > age) ?? [];
    const place = span === undefined ? key : `${span} ${Math.floor(at / span)}`;
    if (taken.has(place)) gone.push(key);
    else kept.push(key);
    taken.add(place);
  }
  return [...gone, ...kept.slice(0, Math.max(0, kept.length - most))];
}

/** Where the user looks is no part of what versions are compared by. */
const contentText = ({ view: _, ...document }: Document): string => writeDocument(document);

/**
 * Keeps a version of a graph, and lets those go that have become too many. One without a name that is the same as the last one is
 * not kept; a name goes to the last version where that is the same.
 */
export async function keepVersion(document: Document, why: VersionReason, name?: string): Promise<void> {
  const text = contentText(document);
  await transact(await database(), ['versions'] as const, async (transaction) => {
    const store = transaction.objectStore('versions');
    const versions = (await store.index('document').getAll(document.id)).sort((a, b) => a.at - b.at);
    const last = versions.at(-1);
    // Two of the same millisecond stay in their order.
    const at = Math.max(Date.now(), (last?.at ?? 0) + 1);
    if (last?.text === text) {
      if (name !== undefined && last.name === undefined) await store.put({ ...last, name, at, why });
      if (name === undefined || last.name === undefined || last.name === name) return;
    }
    const key = crypto.randomUUID();
    const nodes = document.nodes.length;
    await store.put({ key, document: document.id, at, why, nodes, text, ...(name !== undefined && { name }) });
    for (const old of superfluous([...versions, { key, at }], at)) await store.delete(old);
  });
}

/** The versions of a graph, newest first. */
export async function versionsOf(document: string): Promise<Version[]> {
  const records = await (await database()).getAllFromIndex('versions', 'document', document);
  return records.sort((a, b) => b.at - a.at).map(({ text: _, ...version }) => version);
}

/** A graph as it was. Throws a `ProblemError` when the version can no longer be read. */
export async function versionDocument(key: string): Promise<Document | undefined> {
  const record = await (await database()).get('versions', key);
  return record && parseDocument(record.text);
}

/** Names a version, or takes its name away. */
export async function nameVersion(key: string, name: string | undefined): Promise<void> {
  await transact(await database(), ['versions'] as const, async (transaction) => {
    const store = transaction.objectStore('versions');
    const record = await store.get(key);
    if (!record) return;
    const { name: _, ...rest } = record;
    await store.put(name ? { ...rest, name } : rest);
  });
}

/** Forgets versions. */
export async function forgetVersions(keys: readonly string[]): Promise<void> {
  await transact(await database(), ['versions'] as const, async (transaction) => {
    for (const key of keys) await transaction.objectStore('versions').delete(key);
  });
}
