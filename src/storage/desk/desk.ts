import type { Document } from '../../core/document';
import { announcing, type Channel } from './channel';
import { deltaOf, isOnlyView, withDelta } from './delta';
import { claimKept, type Numbered, readKept } from './records';
import { type Role, type Sheet, sheetOf } from './sheet';
import { storageProblem } from './storage-problem';
import { type Locks, turnsFrom } from './turns';
import { type WritingOptions, writingOf } from './writing';

export interface DeskOptions extends WritingOptions {
  /** Undefined where the browser has none; then a page learns that another one writes when it writes itself. */
  readonly locks: Locks | undefined;
  readonly channel: Channel | undefined;
  /** How long a page that is asked to hand a graph over may take to answer, in milliseconds. */
  readonly patience?: number;
  /** Another page changed a graph that this one follows. */
  readonly onFollowed?: (id: string, document: Document) => void;
  /** `document` is the graph as it is kept now. */
  readonly onRole?: (id: string, role: Role, document: Document) => void;
  /** Another page took a graph over before this one could keep its last changes. */
  readonly onCutOff?: (document: Document) => void;
}

/**
 * Keeps the graphs that a page has open, each change as it is made, and shares them with other pages of this browser: one of them
 * edits a graph, the others follow. A write names the page and the number of the change before it, and fails where another page was
 * quicker; so whatever the locks do, no page overwrites what another one wrote.
 */
export function createDesk(options: DeskOptions) {
  const { open: database, locks, now = Date.now, patience = 1000, pause = 2000 } = options;
  /** The name of this page. */
  const writer = crypto.randomUUID();
  const sheets = new Map<string, Sheet>();
  const turns = turnsFrom(locks);
  let resting = false;

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

  const { flush, ...writing } = writingOf(options, { writer, sheets, onWritten: channel.changed, onOutrun: outrun });

  function showFollowed(sheet: Sheet, document: Document, n: number) {
    Object.assign(sheet, { wanted: document, kept: document, n });
    options.onFollowed?.(sheet.id, document);
  }

  async function refresh(sheet: Sheet) {
    const found = await readKept(await database(), sheet.id);
    if (found && sheet.role === 'follows' && found.n > sheet.n) showFollowed(sheet, found.document, found.n);
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
    if (found) Object.assign(sheet, { ...sheetOf(sheet.id, 'edits', found, now()), changed: sheet.changed });
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
        const sheet = sheetOf(id, mine ? 'edits' : 'follows', found, now());
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
      const sheet: Sheet = { ...sheetOf(id, 'edits', { document, n: 0, appended: 0 }, now()), kept: undefined };
      sheets.set(id, sheet);
      void turns.tryNow(id, () => turnLost(sheet));
      writing.tellKeeping(sheet);
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
      writing.flushSoon();
      writing.tellKeeping(sheet);
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
    hindered: writing.setTrouble,
    role: (id: string): Role | undefined => sheets.get(id)?.role,
    trouble: writing.trouble,
    /** As it is in memory. */
    current: (id: string): Document | undefined => sheets.get(id)?.wanted,

    /** Ends the page's part: for tests of what a crash leaves, and for pages that go away. */
    stop(): void {
      resting = true;
      writing.end();
      channel.close();
      turns.end();
      sheets.clear();
    },
  };
}

export type Desk = ReturnType<typeof createDesk>;
