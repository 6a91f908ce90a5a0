import type { IDBPDatabase } from 'idb';
import type { ProblemError } from '../../core/problem';
import type { Schema } from '../database';
import { type Delta, deltaOf } from './delta';
import { appendChange, headOf, Outrun, writeWhole } from './records';
import type { Sheet } from './sheet';
import { storageProblem } from './storage-problem';

/** Whether all that was done to a graph is kept. */
export type Keeping = 'kept' | 'keeping' | 'failing';

export interface WritingOptions {
  readonly open: () => Promise<IDBPDatabase<Schema>>;
  /** The same where it is open already. */
  readonly atHand?: () => IDBPDatabase<Schema> | undefined;
  readonly now?: () => number;
  /** Until a write that failed is tried again, in milliseconds; doubled each time. */
  readonly pause?: number;
  /** Changes of a graph after which all of it is written. */
  readonly longest?: number;
  readonly onKeeping?: (id: string, keeping: Keeping) => void;
  /** Why nothing can be kept at the moment; undefined when it can be again. */
  readonly onTrouble?: (trouble: ProblemError | undefined) => void;
}

interface Around {
  /** The name of this page. */
  readonly writer: string;
  readonly sheets: ReadonlyMap<string, Sheet>;
  /** Change `n` of a graph is kept; without a delta all of it was written. */
  readonly onWritten: (id: string, n: number, delta: Delta | undefined) => void;
  /** Another page wrote a graph, or claimed it. Resolves when the sheet says so, throws where that cannot be read. */
  readonly onOutrun: (sheet: Sheet) => Promise<void>;
}

/** Writes what is changed on the sheets of a page, one after the other, and again where it failed. */
export function writingOf(options: WritingOptions, { writer, sheets, onWritten, onOutrun }: Around) {
  const { open: database, atHand, now = Date.now, pause = 2000, longest = 200, onKeeping, onTrouble } = options;
  let pumping: Promise<void> | undefined;
  let trouble: ProblemError | undefined;
  let failures = 0;
  let triedAt = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let ended = false;

  const tellKeeping = ({ id, kept, wanted }: Sheet) =>
    onKeeping?.(id, kept === wanted ? 'kept' : trouble ? 'failing' : 'keeping');

  function setTrouble(next: ProblemError | undefined) {
    if (next === trouble || (next && next.message === trouble?.message)) return;
    trouble = next;
    onTrouble?.(next);
    for (const sheet of sheets.values()) tellKeeping(sheet);
  }

  /** Writes what is not kept of a graph. Throws when it cannot. */
  async function write(sheet: Sheet): Promise<void> {
    // Without waiting: what is drawn after a change would come before the change is sent.
    const db = atHand?.() ?? (await database());
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
    onWritten(id, sheet.n, known ? (delta ?? {}) : undefined);
  }

  const unkept = () =>
    [...sheets.values()].find(({ role, kept, wanted, settles }) => role === 'edits' && (kept !== wanted || settles));

  async function pump(): Promise<void> {
    triedAt = now();
    for (let sheet = unkept(); sheet; sheet = unkept()) {
      try {
        await write(sheet);
      } catch (thrown) {
        const reason =
          thrown instanceof Outrun
            ? await onOutrun(sheet).then(
                () => undefined,
                (cause: unknown) => cause,
              )
            : thrown;
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
    if (!ended) retry = setTimeout(() => void flush(), Math.min(60_000, pause * 2 ** failures));
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

  return {
    flush,
    /** The same, unless it failed a moment ago and is tried again anyway. */
    flushSoon(): void {
      if (!trouble || now() - triedAt > pause) void flush();
    },
    tellKeeping,
    setTrouble,
    trouble: () => trouble,
    /** Nothing that fails is tried again. */
    end(): void {
      ended = true;
      clearTimeout(retry);
    },
  };
}
