import 'fake-indexeddb/auto';
import type { IDBPDatabase } from 'idb';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type Document, emptyDocument, writeDocument } from '../../core/document';
import { database, type Schema } from '../database';
import { keptDocument, libraryEntries, settleJournal } from '../documents';
import type { Channel } from './channel';
import { createDesk, type Desk, type DeskOptions } from './desk';
import type { Locks } from './turns';

/** Locks as the Web Locks API says: one holder, a queue, and stealing. */
function fakeLocks(): Locks {
  const held = new Map<string, { reject: (reason: unknown) => void }>();
  const queues = new Map<string, (() => void)[]>();
  const next = (name: string) => queues.get(name)?.shift()?.();
  return {
    request: (name, { ifAvailable, steal, signal }, callback) =>
      new Promise((resolve, reject) => {
        const grant = () => {
          const holder = { reject };
          held.set(name, holder);
          Promise.resolve(callback({})).then(() => {
            resolve(undefined);
            if (held.get(name) !== holder) return;
            held.delete(name);
            next(name);
          });
        };
        queueMicrotask(() => {
          const holder = held.get(name);
          if (holder && steal) {
            held.delete(name);
            holder.reject(new DOMException('stolen', 'AbortError'));
          } else if (holder && ifAvailable) {
            callback(null);
            return resolve(undefined);
          } else if (holder) {
            const queue = queues.get(name) ?? [];
            queues.set(name, queue);
            queue.push(grant);
            signal?.addEventListener('abort', () => {
              if (queue.includes(grant)) queue.splice(queue.indexOf(grant), 1);
              reject(new DOMException('aborted', 'AbortError'));
            });
            return;
          }
          grant();
        });
      }),
  };
}

function fakeChannels() {
  const all = new Set<Channel>();
  return (): Channel => {
    const channel: Channel = {
      onmessage: null,
      postMessage: (message) => {
        const data = structuredClone(message);
        for (const other of all)
          if (other !== channel)
            setTimeout(() => all.has(other) && other.onmessage?.(new MessageEvent('message', { data })));
      },
      close: () => void all.delete(channel),
    };
    all.add(channel);
    return channel;
  };
}

const node = (id: string): Document['nodes'][number] => ({
  id,
  type: 'text/prompt',
  version: 1,
  at: [0, 0],
  params: { text: id },
});
const withNode = (document: Document, id: string): Document => ({ ...document, nodes: [...document.nodes, node(id)] });
const ids = (document: Document | undefined) => document?.nodes.map(({ id }) => id) ?? [];

let graphs = 0;
const newGraph = () => emptyDocument(`graph-${++graphs}`, 'Graph');

interface Page {
  readonly desk: Desk;
  shown: Document | undefined;
  role: string | undefined;
  readonly cutOff: Document[];
  readonly told: string[];
}

function browser(more: Partial<DeskOptions> = {}) {
  const [locks, channel] = [fakeLocks(), fakeChannels()];
  return (own: Partial<DeskOptions> = {}): Page => {
    const page: Omit<Page, 'desk'> = { shown: undefined, role: undefined, cutOff: [], told: [] };
    const desk = createDesk({
      open: database,
      locks,
      channel: channel(),
      patience: 20,
      pause: 5,
      onFollowed: (_, document) => {
        page.shown = document;
      },
      onRole: (_, role, document) => {
        page.role = role;
        page.shown = document;
      },
      onCutOff: (document) => page.cutOff.push(document),
      onTrouble: (trouble) => page.told.push(trouble?.message ?? 'over'),
      ...more,
      ...own,
    });
    return Object.assign(page, { desk });
  };
}

/** Numbers from 0 to 1, the same ones for the same seed (Numerical Recipes' quick generator). */
function dice(seed: number) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

// Files of tests share one storage.
beforeAll(async () => {
  const db = await database();
  for (const store of db.objectStoreNames) await db.clear(store);
});

describe('a graph on the desk', () => {
  it('is kept change by change, and comes back as it was after the page is gone', async () => {
    const newPage = browser({ longest: 7 });
    let document = newGraph();
    const page = newPage();
    page.desk.adopt(document);
    const roll = dice(1);
    for (let i = 0; i < 60; i++) {
      const kind = roll();
      const at = Math.floor(roll() * document.nodes.length);
      if (kind < 0.5) document = withNode(document, `n${i}`);
      else if (kind < 0.7) document = { ...document, nodes: document.nodes.filter((_, index) => index !== at) };
      else if (kind < 0.9)
        document = { ...document, nodes: document.nodes.map((n, index) => (index === at ? { ...n, at: [i, -i] } : n)) };
      else
        document = {
          ...document,
          name: `Graph ${i}`,
          ...(roll() < 0.5 && { notes: [] }),
          view: { at: [i, 0], zoom: 1 },
        };
      page.desk.keep(document);
      if (roll() < 0.6) await page.desk.flush();
    }
    await page.desk.flush();
    page.desk.stop();
    const opened = await newPage().desk.open(document.id);
    expect(opened?.role).toBe('edits');
    expect(writeDocument(opened?.document as Document)).toBe(writeDocument(document));
  });

  it('loses nothing that was kept when the page ends between any two moments, and is some state that it had', async () => {
    const newPage = browser({ longest: 5 });
    const roll = dice(2);
    let document = newGraph();
    for (let crash = 0; crash < 25; crash++) {
      const page = newPage();
      if (crash === 0) page.desk.adopt(document);
      else document = (await page.desk.open(document.id))?.document ?? document;
      const states = [writeDocument(document)];
      let kept = crash === 0 ? -1 : 0;
      for (let i = 0; i < Math.floor(roll() * 6); i++) {
        document = withNode(document, `c${crash}-${i}`);
        page.desk.keep(document);
        states.push(writeDocument(document));
        if (roll() < 0.5) {
          await page.desk.flush();
          kept = states.length - 1;
        }
      }
      if (kept < 0) {
        await page.desk.flush();
        kept = states.length - 1;
      }
      // The database goes on with what it was sent; nobody hears of it.
      page.desk.stop();
      const found = await keptDocument(document.id);
      expect(states.indexOf(writeDocument(found as Document))).toBeGreaterThanOrEqual(kept);
    }
  });

  it('that a crash left in the journal is in the library as it was', async () => {
    const newPage = browser();
    const page = newPage();
    const document = newGraph();
    page.desk.adopt(document);
    await page.desk.flush();
    page.desk.keep({ ...withNode(document, 'lighthouse'), name: 'After' });
    await page.desk.flush();
    page.desk.stop();
    const later = newPage();
    await settleJournal((id, work) => later.desk.whileFree(id, work));
    const entry = (await libraryEntries()).find(({ id }) => id === document.id);
    expect(entry).toMatchObject({ name: 'After', nodes: 1 });
    expect(entry?.words).toContain('lighthouse');
    expect(await (await database()).getAllKeys('journal')).toEqual([]);
  });
});

describe('two pages on one graph', () => {
  it('one edits and the other follows, until it takes over or the first one goes away', async () => {
    const newPage = browser();
    const [first, second] = [newPage(), newPage()];
    let document = newGraph();
    first.desk.adopt(document);
    await first.desk.flush();
    expect((await second.desk.open(document.id))?.role).toBe('follows');
    document = withNode(document, 'a');
    first.desk.keep(document);
    await vi.waitFor(() => expect(ids(second.shown)).toEqual(['a']));
    // The last change is not kept yet when the graph is asked for.
    first.desk.keep(withNode(document, 'b'));
    await second.desk.takeOver(document.id);
    expect([first.role, second.role]).toEqual(['follows', 'edits']);
    expect(ids(second.shown)).toEqual(['a', 'b']);
    second.desk.keep(withNode(second.shown as Document, 'c'));
    await vi.waitFor(() => expect(ids(first.shown)).toEqual(['a', 'b', 'c']));
    second.desk.stop();
    await vi.waitFor(() => expect(first.role).toBe('edits'));
    expect([...first.cutOff, ...second.cutOff]).toEqual([]);
  });

  it('a page that does not answer is cut off, and its changes become a graph of their own', async () => {
    const newPage = browser();
    // Its own database does not answer at the moment.
    let thaw = () => {};
    let frozen: Promise<void> = Promise.resolve();
    const open = async (): Promise<IDBPDatabase<Schema>> => {
      await frozen;
      return database();
    };
    const [first, second] = [newPage({ open }), newPage()];
    const document = newGraph();
    first.desk.adopt(document);
    await first.desk.flush();
    await second.desk.open(document.id);
    frozen = new Promise((resolve) => {
      thaw = resolve;
    });
    first.desk.keep(withNode(document, 'unkept'));
    await second.desk.takeOver(document.id);
    second.desk.keep(withNode(document, 'theirs'));
    await second.desk.flush();
    thaw();
    await vi.waitFor(() => expect(first.cutOff.map(ids)).toEqual([['unkept']]));
    await vi.waitFor(() => expect(ids(first.shown)).toEqual(['theirs']));
    expect(first.role).toBe('follows');
    expect(ids(await keptDocument(document.id))).toEqual(['theirs']);
  });

  it.each(Array.from({ length: Number(process.env.WEFT_RACES ?? 6) }, (_, i) => i + 3))(
    'no interleaving of edits, take-overs and crashes loses a change (seed %i)',
    async (seed) => {
      const roll = dice(seed);
      const newPage = browser({ longest: 4, patience: 3 });
      const start = newGraph();
      const pages: Page[] = [];
      const kept = new Set<string>();
      const cutOff: Document[] = [];
      const made = new Set<string>();
      const crashed = new Set<string>();
      const begin = async () => {
        const page = newPage();
        pages.push(page);
        const opened = await page.desk.open(start.id);
        page.shown ??= opened?.document;
        page.role ??= opened?.role;
      };
      const first = newPage();
      first.desk.adopt(start);
      Object.assign(first, { role: 'edits', shown: start });
      pages.push(first);
      await first.desk.flush();
      const doing: Promise<unknown>[] = [];
      for (let i = 0; i < 60; i++) {
        const page = pages[Math.floor(roll() * pages.length)] as Page;
        const kind = roll();
        if (kind < 0.5) {
          if (page.role !== 'edits' || !page.shown) continue;
          page.shown = withNode(page.shown, `e${i}`);
          made.add(`e${i}`);
          page.desk.keep(page.shown);
          const id = `e${i}`;
          doing.push(
            page.desk.flush().then(() => {
              if (ids(page.desk.current(start.id)).includes(id) && page.desk.role(start.id) === 'edits') kept.add(id);
            }),
          );
        } else if (kind < 0.7) doing.push(page.desk.takeOver(start.id));
        else if (kind < 0.8 && pages.length < 4) doing.push(begin());
        else if (kind < 0.87 && pages.length > 1) {
          pages.splice(pages.indexOf(page), 1);
          cutOff.push(...page.cutOff);
          for (const id of ids(page.shown)) crashed.add(id);
          page.desk.stop();
        } else await new Promise((resolve) => setTimeout(resolve, Math.floor(roll() * 6)));
      }
      await Promise.all(doing);
      await vi.waitFor(async () => {
        const last = writeDocument((await keptDocument(start.id)) as Document);
        for (const page of pages) expect(writeDocument(page.shown as Document)).toBe(last);
        expect(pages.filter(({ role }) => role === 'edits')).toHaveLength(1);
      });
      for (const page of pages) cutOff.push(...page.cutOff);
      const found = new Set([...ids(await keptDocument(start.id)), ...cutOff.flatMap(ids)]);
      expect([...kept].filter((id) => !found.has(id))).toEqual([]);
      expect([...made].filter((id) => !found.has(id) && !crashed.has(id))).toEqual([]);
      for (const page of pages) page.desk.stop();
    },
  );
});

describe('storage that fails', () => {
  const failing = (failure: () => unknown) => {
    let broken = false;
    const open = async (): Promise<IDBPDatabase<Schema>> => {
      const db = await database();
      if (!broken) return db;
      return new Proxy(db, {
        get(target, key) {
          if (key === 'transaction')
            return () => {
              throw failure();
            };
          const value = Reflect.get(target, key);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
    };
    return { open, break: () => (broken = true), mend: () => (broken = false) };
  };

  it.each([
    ['QuotaExceededError', 'The storage of this browser is full'],
    ['InvalidStateError', 'The storage of this browser broke off'],
    ['SecurityError', 'This browser does not allow pages to keep anything'],
    ['DataError', 'The last changes could not be kept in this browser (no).'],
  ])('for %s says so, goes on in memory, and keeps everything as soon as it can', async (name, words) => {
    const storage = failing(() => new DOMException('no', name));
    const page = browser()({ open: storage.open });
    let document = newGraph();
    page.desk.adopt(document);
    await page.desk.flush();
    storage.break();
    for (const id of ['a', 'b', 'c']) {
      document = withNode(document, id);
      page.desk.keep(document);
      await page.desk.flush();
    }
    expect(page.told).toHaveLength(1);
    expect(page.told[0]).toContain(words);
    expect(ids(page.desk.current(document.id))).toEqual(['a', 'b', 'c']);
    expect(ids(await keptDocument(document.id))).toEqual([]);
    storage.mend();
    await vi.waitFor(async () => expect(ids(await keptDocument(document.id))).toEqual(['a', 'b', 'c']));
    await vi.waitFor(() => expect(page.told.at(-1)).toBe('over'));
    page.desk.stop();
  });

  it('that aborts transactions or loses their end keeps each change once', async () => {
    const roll = dice(11);
    let calm = false;
    // A transaction is aborted before its end, or its end is kept from the page, as when a connection breaks off.
    const open = async (): Promise<IDBPDatabase<Schema>> =>
      new Proxy(await database(), {
        get(target, key) {
          const value = Reflect.get(target, key);
          if (key !== 'transaction') return typeof value === 'function' ? value.bind(target) : value;
          return (...order: Parameters<typeof target.transaction>) => {
            const transaction = target.transaction(...order);
            const fate = calm || transaction.mode === 'readonly' ? 1 : roll();
            if (fate < 0.3) queueMicrotask(() => transaction.abort());
            if (fate > 0.6) return transaction;
            return new Proxy(transaction, {
              get(inner, field) {
                if (field === 'done')
                  return inner.done.then(() => {
                    throw new DOMException('The connection was lost.', 'UnknownError');
                  });
                const part = Reflect.get(inner, field);
                return typeof part === 'function' ? part.bind(inner) : part;
              },
            });
          };
        },
      });
    const page = browser({ longest: 6 })({ open });
    let document = newGraph();
    page.desk.adopt(document);
    for (let i = 0; i < 40; i++) {
      document = withNode(document, `n${i}`);
      page.desk.keep(document);
      await page.desk.flush();
    }
    calm = true;
    await vi.waitFor(async () => expect(ids(await keptDocument(document.id))).toEqual(ids(document)));
    expect(page.cutOff).toEqual([]);
    page.desk.stop();
  });
});
