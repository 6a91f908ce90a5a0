import type { Page } from 'playwright';

/** Milliseconds of the page's main thread for each step of a gesture. */
export type Frames = readonly number[];

const steps = 24;

/**
 * Measures frames: from the moment an event comes in until what it changed is laid out and painted, which is when a message
 * that was posted in the next animation frame comes round. Runs in the page, before anything else.
 */
export function recordFrames(): void {
  const record = { frames: [] as number[], settled: Promise.resolve() };
  Object.assign(globalThis, { record });
  const channel = new MessageChannel();
  let began: number | undefined;
  let settle = () => {};
  channel.port1.onmessage = () => {
    if (began !== undefined) record.frames.push(performance.now() - began);
    began = undefined;
    settle();
  };
  for (const type of ['pointermove', 'wheel', 'keydown'])
    addEventListener(
      type,
      () => {
        if (began !== undefined) return;
        began = performance.now();
        record.settled = new Promise((resolve) => {
          settle = resolve;
        });
        requestAnimationFrame(() => channel.port2.postMessage(undefined));
      },
      { capture: true, passive: true },
    );
}

declare global {
  var record: { frames: number[]; settled: Promise<void> };
}

/** Resolves when the page has drawn what the last event changed. */
const settled = (page: Page) => page.evaluate(() => globalThis.record.settled);

async function recorded(page: Page, act: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    globalThis.record.frames.length = 0;
  });
  await act();
  return page.evaluate(() => globalThis.record.frames);
}

/** Moves the pointer out and back again, a step at a time. */
async function sweep(page: Page, x: number, y: number, dx: number, dy: number): Promise<void> {
  for (let i = 1; i <= 2 * steps; i++) {
    const part = (i <= steps ? i : 2 * steps - i) / steps;
    await page.mouse.move(x + dx * part, y + dy * part);
    await settled(page);
  }
}

/** A place on the empty canvas near `x` and `y`. */
async function emptyPlace(page: Page, x: number, y: number): Promise<{ x: number; y: number }> {
  const place = await page.evaluate(
    ([left, top]) => {
      for (let i = 0; i < 400; i++) {
        const [px, py] = [left + 13 * (i % 20), top + 13 * Math.floor(i / 20)];
        if (document.elementFromPoint(px, py)?.classList.contains('react-flow__pane')) return { x: px, y: py };
      }
      return undefined;
    },
    [x, y] as const,
  );
  if (!place) throw new Error('There is no empty place on the canvas.');
  return place;
}

/** Where a node is held: near the middle of its upper edge. */
async function nodePlace(page: Page, selector: string): Promise<{ x: number; y: number }> {
  const place = await page.evaluate((wanted) => {
    for (const node of document.querySelectorAll(wanted)) {
      const { left, top, width } = node.getBoundingClientRect();
      const [x, y] = [left + width * 0.4, top + 4];
      if (x > 200 && x < 1100 && y > 56 && y < 860 && node.contains(document.elementFromPoint(x, y))) return { x, y };
    }
    return undefined;
  }, selector);
  if (!place) throw new Error(`No node like ${selector} is in the window.`);
  return place;
}

export async function pan(page: Page): Promise<Frames> {
  const { x, y } = await emptyPlace(page, 600, 300);
  await page.mouse.move(x, y);
  await page.mouse.down({ button: 'middle' });
  const frames = await recorded(page, () => sweep(page, x, y, -260, -180));
  await page.mouse.up({ button: 'middle' });
  return frames;
}

const scaleOf = (page: Page) =>
  page.evaluate(
    () =>
      document
        .querySelector('.react-flow__viewport')
        ?.getAttribute('style')
        ?.match(/scale\((.*)\)/)?.[1],
  );

/** Zooms out and in again with the wheel, about an empty place: what scrolls by itself would take the wheel. */
export async function zoom(page: Page): Promise<Frames> {
  const { x, y } = await emptyPlace(page, 600, 300);
  await page.mouse.move(x, y);
  const before = await scaleOf(page);
  return recorded(page, async () => {
    for (let i = 0; i < 2 * steps; i++) {
      await page.mouse.wheel(0, i < steps ? 50 : -50);
      await settled(page);
      if (i === steps - 1 && (await scaleOf(page)) === before) throw new Error('The wheel does not zoom.');
    }
  });
}

export async function dragOne(page: Page): Promise<Frames> {
  const { x, y } = await nodePlace(page, '.react-flow__node');
  await page.mouse.move(x, y);
  await page.mouse.down();
  const frames = await recorded(page, () => sweep(page, x, y, 170, 110));
  await page.mouse.up();
  return frames;
}

/** Selects what a box covers, in parts of the canvas's pixels at this zoom, and drags it. */
export async function dragMany(page: Page): Promise<{ readonly frames: Frames; readonly count: number }> {
  const from = await emptyPlace(page, 186, 50);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(500, 500);
  await page.mouse.move(845, 770, { steps: 3 });
  await page.mouse.up();
  const count = await page.locator('.react-flow__node.selected').count();
  // A selection that was drawn lies under a box of its own.
  const { x, y } = await nodePlace(page, '.react-flow__nodesselection-rect, .react-flow__node.selected');
  await page.mouse.move(x, y);
  await page.mouse.down();
  const frames = await recorded(page, () => sweep(page, x, y, 120, 60));
  await page.mouse.up();
  return { frames, count };
}

export async function type(page: Page): Promise<Frames> {
  const field = page
    .getByRole('group', { name: /^Prompt, / })
    .first()
    .getByRole('textbox');
  await field.focus();
  await page.keyboard.press('End');
  return recorded(page, async () => {
    for (const letter of ' with a red door and two small windows') {
      await page.keyboard.press(letter === ' ' ? 'Space' : letter);
      await settled(page);
    }
  });
}
