import { expect, type Page, test } from '@playwright/test';
import { KilledBrowser } from './killed-browser';

/** How often a process is killed; WEFT_KILLS=200 is the long form. */
const kills = Number(process.env.WEFT_KILLS ?? 6);

/** What a person sees of a graph. */
interface Seen {
  readonly name: string;
  readonly text: string;
  /** Where nodes lie, by id. */
  readonly nodes: Readonly<Record<string, string>>;
  readonly wires: readonly string[];
}

/** Resolves with what is seen when the page says that all of it is kept. */
const seenWhenKept = (page: Page): Promise<Seen> =>
  page.evaluate(async () => {
    const soon = () => new Promise((resolve) => setTimeout(resolve));
    const tab = () => document.querySelector<HTMLElement>('li[aria-current=page]');
    while (tab()?.dataset.keeping !== 'kept') await soon();
    await soon();
    const nodes = [...document.querySelectorAll<HTMLElement>('.react-flow__node-weft')];
    const wires = [...document.querySelectorAll<HTMLElement>('.react-flow__edge')];
    return {
      name: document.querySelector('h1')?.textContent ?? '',
      text: document.querySelector('textarea')?.value ?? '',
      nodes: Object.fromEntries(nodes.map(({ dataset, style }) => [dataset.id ?? '', style.transform])),
      wires: wires.map(({ dataset }) => dataset.id ?? '').sort(),
    };
  });

/** What is kept in the browser and what the page says, to tell what is lost from what is merely not shown. */
const circumstances = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('weft');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const all = (store: string) =>
      new Promise<unknown[]>((resolve, reject) => {
        const request = db.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const said = [...document.querySelectorAll('[role=alert], [role=status]')].map(({ textContent }) => textContent);
    const tabs = localStorage.getItem('weft-tabs');
    const [documents, heads, journal] = [await all('documents'), await all('heads'), await all('journal')];
    return JSON.stringify({ said, tabs, heads, journal: journal.length, documents });
  });

/** Something done to a graph, and what is seen when it is done, as far as that can be told beforehand. */
interface Act {
  readonly does: string;
  readonly run: () => Promise<void>;
  readonly gives: (after: Seen, before: Seen) => boolean;
}

const numbers = (transform = ''): number[] => (transform.match(/-?[\d.]+/g) ?? []).map(Number);
const idsOf = ({ nodes }: Seen) => Object.keys(nodes).sort().join();
const same = (a: Seen, b: Seen) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
const sorted = (seen: Seen) => ({ ...seen, nodes: Object.entries(seen.nodes).sort() });

function chooseAct(page: Page, seen: Seen, earlier: readonly Seen[], count: number): Act {
  const ids = Object.keys(seen.nodes);
  const id = ids[Math.floor(Math.random() * ids.length)] ?? '';
  const onNode = async (keys: string) => {
    await page.evaluate((node) => document.querySelector<HTMLElement>(`[data-id="${node}"]`)?.focus(), id);
    await page.keyboard.press(keys);
  };
  const acts: Act[] = [
    {
      does: `move ${id}`,
      run: () => onNode('Shift+ArrowRight'),
      gives: (after, before) => {
        const [x = 0, y] = numbers(before.nodes[id]);
        const moved = numbers(after.nodes[id]);
        return moved[0] === x + 4 && moved[1] === y && idsOf(after) === idsOf(before);
      },
    },
    {
      does: `rename to ${count}`,
      run: async () => {
        const field = page.locator('input[aria-label="Name of the graph"]');
        // It is not there while a node is chosen.
        if (await field.count()) await field.fill(`Graph ${count}`, { timeout: 10_000 });
      },
      gives: (after, before) => after.name.includes(`Graph ${count}`) && idsOf(after) === idsOf(before),
    },
    {
      does: 'type a letter',
      run: async () => {
        await page.evaluate(() => {
          const field = document.querySelector('textarea');
          field?.focus();
          field?.setSelectionRange(field.value.length, field.value.length);
        });
        await page.keyboard.press('x');
      },
      gives: (after, before) => after.text === `${before.text}x` && idsOf(after) === idsOf(before),
    },
  ];
  // The two ends of a zone come and go together.
  const alone = !/^(start|end)/.test(id);
  if (alone && ids.length < 18)
    acts.push({
      does: `duplicate ${id}`,
      run: () => onNode('ControlOrMeta+d'),
      gives: (after, before) =>
        Object.keys(after.nodes).length === Object.keys(before.nodes).length + 1 &&
        Object.keys(before.nodes).every((node) => node in after.nodes),
    });
  if (alone && ids.length > 9 && id !== 'prompt')
    acts.push({
      does: `delete ${id}`,
      run: () => onNode('Delete'),
      gives: (after, before) =>
        !(id in after.nodes) && Object.keys(after.nodes).length === Object.keys(before.nodes).length - 1,
    });
  const last = earlier.at(-1);
  if (last)
    acts.push({
      does: 'undo',
      run: () => onNode('ControlOrMeta+z'),
      gives: (after) => same(after, last) || after.text.length < seen.text.length,
    });
  return acts[Math.floor(Math.random() * acts.length)] as Act;
}

test('after the page or the browser was killed at any moment, every command that had returned is there', async ({
  baseURL,
}) => {
  test.setTimeout(kills * 60_000);
  const browser = new KilledBrowser();
  let [before, doing]: [Seen | undefined, Act | undefined] = [undefined, undefined];
  let [done, caught] = [0, 0];
  /** Milliseconds that a command takes here. */
  let pace = 0;
  try {
    for (let kill = 0; kill <= kills; kill++) {
      const page = await browser.page(baseURL ?? '');
      // Starting a browser again and again makes a machine busy; a graph that is not shown at all is told from a slow one.
      await expect(page.locator('.react-flow__node-weft').first()).toBeVisible({ timeout: 120_000 });
      await page.evaluate(() => document.querySelector<HTMLElement>('.react-flow__node-weft')?.focus());
      let seen: Seen = await seenWhenKept(page);
      if (before && !same(seen, before)) {
        const given = doing?.gives(seen, before) ?? false;
        const state = `kill ${kill}, while "${doing?.does}"\nbefore ${JSON.stringify(before)}\nafter ${JSON.stringify(seen)}`;
        expect(given, given ? state : `${state}\n${await circumstances(page)}`).toBe(true);
        caught++;
      }
      if (kill === kills) break;
      const earlier: Seen[] = [];
      before = seen;
      doing = undefined;
      let over = false;
      const whole = kill % 3 === 2;
      setTimeout(
        () => {
          over = true;
          if (whole) browser.killBrowser();
          else browser.killPages();
        },
        50 + Math.random() * Math.max(2500, 5 * pace),
      );
      try {
        while (!over) {
          doing = chooseAct(page, seen, earlier, done);
          const begun = performance.now();
          await doing.run();
          const after = await seenWhenKept(page);
          pace += (performance.now() - begun - pace) / 4;
          // An act on a node that has no such keys changes nothing.
          if (!same(after, seen)) earlier.push(seen);
          if (doing.does === 'undo') earlier.splice(-2);
          seen = after;
          before = after;
          doing = undefined;
          done++;
        }
      } catch (thrown) {
        if (!over) throw thrown;
      }
      if (!whole) await page.close().catch(() => {});
    }
  } finally {
    await browser.end();
  }
  console.log(`${done} commands, ${kills} kills; ${caught} found the command that was going on done.`);
  expect(done).toBeGreaterThan(kills);
});
