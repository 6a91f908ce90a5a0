import type { IDBPDatabase } from 'idb';
import type { Document } from '../../core/document';
import type { ProblemError } from '../../core/problem';
import type { Schema } from '../database';
import { announcing, type Channel } from './channel';
import { deltaOf, isOnlyView, withDelta } from './delta';
import { appendChange, claimKept, headOf, type Numbered, Outrun, readKept, writeWhole } from './records';
import { storageProblem } from './storage-problem';
import { type Locks, turnsFrom } from './turns';

export type Role =
  /** This page changes the graph. */
  | 'edits'
  /** Another page does, and this one shows what it does. */
  | 'follows';

/** Whether all that was done to a graph is kept. */
export type Keeping = 'kept' | 'keeping' | 'failing';

export interface DeskOptions {
  readonly open: () => Promise<IDBPDatabase<Schema>>;
  /** The same where it is open already. */
  readonly atHand?: () => IDBPDatabase<Schema> | undefined;
  /** Undefined where the browser has none; then a page learns that another one writes when it writes itself. */
  readonly locks: Locks | undefined;
  readonly channel: Channel | undefined;
  readonly now?: () => number;
  /** How long a page that is asked to hand a graph over may take to answer, in milliseconds. */
  readonly patience?: number;
  /** Until a write that failed is tried again, in milliseconds; doubled each time. */
  readonly pause?: number;
  /** Changes of a graph after which all of it is written. */
  readonly longest?: number;
  readonly onKeeping?: (id: string, keeping: Keeping) => void;
  /** Why nothing can be kept at the moment; undefined when it can be again. */
  readonly onTrouble?: (trouble: ProblemError | undefined) => void;
  /** Another page changed a graph that this one follows. */
  readonly onFollowed?: (id: string, document: Document) => void;
  /** `document` is the graph as it is kept now. */
  readonly onRole?: (id: string, role: Role, document: Document) => void;
  /** Another page took a graph over before this one could keep its last changes. */
  readonly onCutOff?: (document: Document) => void;
}

interface Sheet {
  readonly id: string;
  role: Role;
  /** The last state that is on the disk; undefined for a graph that is not kept yet. */
  kept: Document | undefined;
  n: number;
  wanted: Document;
  /** When it was last changed, not counting where the user looks. */
  changed: number;
  /** Changes in the journal. */
  appended: number;
  /** All of it is to be written in place of its changes. */
  settles: boolean;
  /** The last write failed and nobody knows whether it arrived. */
  unsure: boolean;
}

/**
 * Keeps the graphs that a page has open, each change as it is made, and shares them with other pages of this browser: one of them
 * edits a graph, the others follow. A write names the page and the number of the change before it, and fails where another page was
 * quicker; so whatever the locks do, no page overwrites what another one wrote.
 */
export function createDesk(options: DeskOptions) {
  const { open: database, locks, now = Date.now, patience = 1000, pause = 2000, longest = 200 } = options;
  /** The name of this page. */
  const writer = crypto.randomUUID();
  const sheets = new Map<string, Sheet>();
  const turns = turnsFrom(locks);
  let pumping: Promise<void> | undefined;
  let trouble: ProblemError | undefined;
  let failures = 0;
  let triedAt = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let resting = false;

  const tellKeeping = ({ id, kept, wanted }: Sheet) =>
    options.onKeeping?.(id, kept === wanted ? 'kept' : trouble ? 'failing' : 'keeping');

  function setTrouble(next: ProblemError | undefined) {
    if (next === trouble || (next && next.message === trouble?.message)) return;
    trouble = next;
    options.onTrouble?.(next);
    for (const sheet of sheets.values()) tellKeeping(sheet);
  }

  const channel = announcing(options.channel, {
    changed(id, n, delta) {
      const sheet = sheets.get(id);
      if (sheet?.role !== 'follows') return;
      if (n <= sheet.n) return;
      if (n !== sheet.n + 1 || !delta) return void refresh(sheet).catch(() => {});
      showFollowed(sheet, withDelta(sheet.wanted, delta), n);
    },
    asked(id) {
      const sheet = sheets.get(id);
      if (sheet?.role === 'edits') void handOver(sheet);
    },
  });

  function showFollowed(sheet: Sheet, document: Document, n: number) {
    Object.assign(sheet, { wanted: document, kept: document, n });
    options.onFollowed?.(sheet.id, document);
  }

  async function refresh(sheet: Sheet) {
    const found = await readKept(await database(), sheet.id);
    if (found && sheet.role === 'follows' && found.n > sheet.n) showFollowed(sheet, found.document, found.n);
  }

  /** Writes what is not kept of a graph. Throws when it cannot. */
  async function write(sheet: Sheet): Promise<void> {
    // Without waiting: what is drawn after a change would come before the change is sent.
    const db = options.atHand?.() ?? (await database());
    const { id, wanted } = sheet;
    if (sheet.unsure) {
      const head = await headOf(db, id);
      // The last write did arrive, though the page was told that it did not.
      if (head?.writer === writer && head.n > sheet.n) Object.assign(sheet, { n: head.n, kept: undefined });
    }
    const delta = sheet.kept && deltaOf(sheet.kept, wanted);
    if (sheet.kept && !delta && !sheet.settles) {
      sheet.kept = wanted;
      return;
    }
    const order = { id, n: sheet.n, writer, at: sheet.changed };
    const whole = !delta || sheet.settles || sheet.appended >= longest;
    sheet.unsure = true;
    if (whole) await writeWhole(db, order, wanted);
    else await appendChange(db, order, delta);
    const known = sheet.kept !== undefined;
    Object.assign(sheet, { n: sheet.n + 1, kept: wanted, unsure: false, appended: whole ? 0 : sheet.appended + 1 });
    if (whole) sheet.settles = false;
    channel.changed(id, sheet.n, known ? (delta ?? {}) : undefined);
  }

  const unkept = () =>
    [...sheets.values()].find(({ role, kept, wanted, settles }) => role === 'edits' && (kept !== wanted || settles));

  async function pump(): Promise<void> {
    triedAt = now();
    for (let sheet = unkept(); sheet; sheet = unkept()) {
      try {
        await write(sheet);
      } catch (thrown) {
        const reason = thrown instanceof Outrun ? await outrun(sheet).catch((cause: unknown) => cause) : thrown;
        if (reason === undefined) continue;
        failed(reason);
        return;
      }
      failures = 0;
      setTrouble(undefined);
      tellKeeping(sheet);
    }
  }

  function failed(thrown: unknown) {
    setTrouble(storageProblem(thrown));
    clearTimeout(retry);
    if (!resting) retry = setTimeout(() => void flush(), Math.min(60_000, pause * 2 ** failures));
    failures++;
  }

  /** Resolves when all that was done is kept, or when it turned out that it cannot be. */
  function flush(): Promise<void> {
    pumping ??= pump().finally(() => {
      pumping = undefined;
      if (!trouble && unkept()) void flush();
    });
    return pumping;
  }

  /** Another page wrote, or claimed the graph. What this page did and could not keep becomes a graph of its own. */
  async function outrun(sheet: Sheet) {
    const mine = sheet.wanted;
    const lost = mine !== sheet.kept;
    const found = turns.holds(sheet.id)
      ? await claimKept(await database(), sheet.id, writer)
      : await readKept(await database(), sheet.id);
    const untouched = found?.n === sheet.n;
    if (turns.holds(sheet.id) && untouched) {
      // Whoever claimed it wrote nothing and let go of it: what is to be written still follows what is there.
      sheet.unsure = false;
      return;
    }
    if (!turns.holds(sheet.id)) sheet.role = 'follows';
    if (lost && found && deltaOf(found.document, mine)) options.onCutOff?.(mine);
    if (found) Object.assign(sheet, { wanted: found.document, kept: found.document, n: found.n, unsure: false });
    options.onRole?.(sheet.id, sheet.role, sheet.wanted);
    if (sheet.role === 'follows') awaitTurn(sheet);
  }

  /** Gives a graph to a page that asked for it, when all is written. */
  async function handOver(sheet: Sheet) {
    // From here on the user changes nothing more.
    options.onRole?.(sheet.id, 'follows', sheet.wanted);
    await flush();
    if (sheet.role !== 'edits') return;
    const cutOff = sheet.kept === sheet.wanted ? undefined : sheet.wanted;
    sheet.role = 'follows';
    if (cutOff) {
      options.onCutOff?.(cutOff);
      if (sheet.kept) showFollowed(sheet, sheet.kept, sheet.n);
    }
    turns.leave(sheet.id);
    channel.given(sheet.id);
    awaitTurn(sheet);
  }

  /** Becomes the page that edits when the one that does goes away. */
  function awaitTurn(sheet: Sheet) {
    turns.wait(
      sheet.id,
      () => takeUp(sheet),
      () => turnLost(sheet),
    );
  }

  async function takeUp(sheet: Sheet) {
    const found = await claim(sheet);
    if (!turns.holds(sheet.id) || sheets.get(sheet.id) !== sheet || sheet.role === 'edits') return;
    if (found) Object.assign(sheet, { ...sheetOf(sheet.id, 'edits', found), changed: sheet.changed });
    sheet.role = 'edits';
    options.onRole?.(sheet.id, 'edits', sheet.wanted);
  }

  async function claim(sheet: Sheet): Promise<Numbered | undefined> {
    try {
      return await claimKept(await database(), sheet.id, writer);
    } catch (thrown) {
      // Somebody has to be able to edit it: it is tried again, unless another page comes first.
      turns.leave(sheet.id);
      if (!resting) setTimeout(() => sheets.get(sheet.id) === sheet && awaitTurn(sheet), pause);
      throw storageProblem(thrown);
    }
  }

  /** Another page stole the turn. What is not kept yet is, if that page has not claimed the graph by now. */
  function turnLost(sheet: Sheet) {
    if (sheets.get(sheet.id) !== sheet) return;
    // It was taken away before this page had the graph.
    if (sheet.role === 'follows') return awaitTurn(sheet);
    options.onRole?.(sheet.id, 'follows', sheet.wanted);
    void flush().finally(() => {
      if (sheet.role !== 'edits' || turns.holds(sheet.id)) return;
      const cutOff = sheet.kept === sheet.wanted ? undefined : sheet.wanted;
      sheet.role = 'follows';
      if (cutOff) {
        options.onCutOff?.(cutOff);
        if (sheet.kept) showFollowed(sheet, sheet.kept, sheet.n);
      }
      awaitTurn(sheet);
      void refresh(sheet).catch(() => {});
    });
  }

  const sheetOf = (id: string, role: Role, { document, n, appended }: Numbered): Sheet => ({
    id,
    role,
    kept: document,
    n,
    wanted: document,
    changed: now(),
    appended,
    settles: false,
    unsure: false,
  });

  return {
    /** Opens a graph that is kept; undefined when none is kept under the id. */
    async open(id: string): Promise<{ document: Document; role: Role } | undefined> {
      const mine = await turns.tryNow(id, () => {
        const sheet = sheets.get(id);
        if (sheet) turnLost(sheet);
      });
      try {
        const db = await database();
        const found = await (mine ? claimKept(db, id, writer) : readKept(db, id));
        if (!found) {
          turns.leave(id);
          return undefined;
        }
        const sheet = sheetOf(id, mine ? 'edits' : 'follows', found);
        sheets.set(id, sheet);
        if (!mine) {
          awaitTurn(sheet);
          // What was written between the reading and the listening.
          void refresh(sheet).catch(() => {});
        }
        return { document: found.document, role: sheet.role };
      } catch (thrown) {
        turns.leave(id);
        throw thrown;
      }
    },

    /** Takes in a graph that is new in this browser. */
    adopt(document: Document): void {
      const { id } = document;
      const sheet: Sheet = { ...sheetOf(id, 'edits', { document, n: 0, appended: 0 }), kept: undefined };
      sheets.set(id, sheet);
      void turns.tryNow(id, () => turnLost(sheet));
      tellKeeping(sheet);
      void flush();
    },

    /** Keeps a state of a graph that is open here. It is being written when this returns; `flush` tells when it is. */
    keep(document: Document): void {
      const sheet = sheets.get(document.id);
      if (sheet?.role !== 'edits' || sheet.wanted === document) return;
      const delta = deltaOf(sheet.wanted, document);
      if (!delta) return;
      if (!isOnlyView(delta)) sheet.changed = now();
      sheet.wanted = document;
      if (!trouble || now() - triedAt > pause) void flush();
      tellKeeping(sheet);
    },

    /** Writes all of the graphs that have changes in the journal, so that lists know them as they are. */
    async settle(): Promise<void> {
      for (const sheet of sheets.values()) sheet.settles ||= sheet.role === 'edits' && sheet.appended > 0;
      await flush();
    },

    /** Lets go of a graph when all of it is kept. */
    async close(id: string): Promise<void> {
      const sheet = sheets.get(id);
      if (!sheet) return;
      sheet.settles ||= sheet.role === 'edits' && sheet.appended > 0;
      await flush();
      if (sheets.get(id) === sheet) sheets.delete(id);
      turns.leave(id);
    },

    /** Makes this page the one that edits a graph; the page that does writes what it has first. */
    async takeOver(id: string): Promise<void> {
      const sheet = sheets.get(id);
      if (sheet?.role !== 'follows') return;
      await channel.ask(id, patience);
      if (sheets.get(id) !== sheet) return;
      await turns.steal(
        id,
        () => takeUp(sheet),
        () => turnLost(sheet),
      );
    },

    /** Does `work` while no page has the graph open; false where one has. */
    async whileFree(id: string, work: () => Promise<void>): Promise<boolean> {
      if (sheets.has(id) || !(await turns.tryNow(id, () => {}))) return false;
      try {
        await work();
        return true;
      } finally {
        turns.leave(id);
      }
    },

    flush,
    /** Tells what stands in the way of the storage, for those who open it; undefined when it is out of the way. */
    hindered: setTrouble,
    role: (id: string): Role | undefined => sheets.get(id)?.role,
    trouble: () => trouble,
    /** As it is in memory. */
    current: (id: string): Document | undefined => sheets.get(id)?.wanted,

    /** Ends the page's part: for tests of what a crash leaves, and for pages that go away. */
    stop(): void {
      resting = true;
      clearTimeout(retry);
      channel.close();
      turns.end();
      sheets.clear();
    },
  };
}

export type Desk = ReturnType<typeof createDesk>;
