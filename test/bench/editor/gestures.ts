import type { Page } from 'playwright';
import type { Cost, Meter } from './meter';

/** Steps of a gesture there, and as many back again. */
const steps = 24;

interface Frames {
  /** Events that came, and how many of them there were when something was drawn last. */
  came: number;
  drawn: number;
  /** Milliseconds from an event until its change was drawn. */
  times: number[];
}

declare global {
  var drawing: Frames;
}

/**
 * Counts what is drawn: an event is drawn when a message that was posted in the animation frame after it comes round. Runs in the
 * page, before anything else.
 */
export function countFrames(): void {
  const frames: Frames = { drawn: 0, came: 0, times: [] };
  Object.assign(globalThis, { drawing: frames });
  const channel = new MessageChannel();
  channel.port1.onmessage = ({ data }: MessageEvent<number>) => {
    frames.drawn = frames.came;
    frames.times.push(performance.now() - data);
  };
  for (const type of ['pointermove', 'wheel', 'keydown'])
    addEventListener(
      type,
      () => {
        frames.came++;
        const at = performance.now();
        requestAnimationFrame(() => channel.port2.postMessage(at));
      },
      { capture: true, passive: true },
    );
}

/** Does one step, and waits until the page has seen it and drawn what it changed. */
async function step(page: Page, act: () => Promise<void>): Promise<void> {
  const before = await page.evaluate(() => globalThis.drawing.came);
  await act();
  await page.waitForFunction((came) => globalThis.drawing.drawn > came, before, { polling: 4 });
}

/** Goes there and back again, a step at a time; half-way something has to be another than it was. */
async function sweep(page: Page, act: (part: number) => Promise<void>, changed: (page: Page) => Promise<string>) {
  const before = await changed(page);
  for (let i = 1; i <= 2 * steps; i++) {
    await step(page, () => act((i <= steps ? i : 2 * steps - i) / steps));
    if (i === steps && (await changed(page)) === before) throw new Error('The gesture changes nothing.');
  }
  return 2 * steps;
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

/** Where something is held by which a drag moves what is selected: by its upper edge, or wherever it is not covered. */
async function heldPlace(page: Page, selector: string): Promise<{ x: number; y: number }> {
  const place = await page.evaluate((wanted) => {
    const isHeld = (node: Element, x: number, y: number) => {
      const under = document.elementFromPoint(x, y);
      return node.contains(under) && !under?.closest('.nodrag, .react-flow__handle');
    };
    const [left, top, right, bottom] = [200, 56, 1100, 860];
    for (const node of document.querySelectorAll(wanted)) {
      const box = node.getBoundingClientRect();
      const [x, y] = [box.left + box.width * 0.4, box.top + 4];
      if (x > left && x < right && y > top && y < bottom && isHeld(node, x, y)) return { x, y };
    }
    for (const node of document.querySelectorAll(wanted)) {
      const box = node.getBoundingClientRect();
      for (let y = Math.max(top, box.top + 4); y < Math.min(bottom, box.bottom); y += 9)
        for (let x = Math.max(left, box.left + 4); x < Math.min(right, box.right); x += 9)
          if (isHeld(node, x, y)) return { x, y };
    }
    return undefined;
  }, selector);
  if (!place) throw new Error(`No node like ${selector} is in the window.`);
  return place;
}

const transform = (page: Page) =>
  page.evaluate(() => document.querySelector('.react-flow__viewport')?.getAttribute('style') ?? '');

const positions = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('.react-flow__node')].map((node) => node.getAttribute('style')).join(),
  );

/** What a gesture costs for each of its steps. */
export type Gesture = (page: Page, meter: Meter) => Promise<Cost>;

export const pan: Gesture = async (page, meter) => {
  const { x, y } = await emptyPlace(page, 600, 300);
  await page.mouse.move(x, y);
  await page.mouse.down({ button: 'middle' });
  const cost = await meter(() => sweep(page, (part) => page.mouse.move(x - 260 * part, y - 180 * part), transform));
  await page.mouse.up({ button: 'middle' });
  return cost;
};

/** Zooms out and in again with the wheel, about an empty place: what scrolls by itself would take the wheel. */
export const zoom: Gesture = async (page, meter) => {
  const { x, y } = await emptyPlace(page, 600, 300);
  await page.mouse.move(x, y);
  let last = 0;
  return meter(() =>
    sweep(
      page,
      (part) => {
        const out = part > last;
        last = part;
        return page.mouse.wheel(0, out ? 50 : -50);
      },
      transform,
    ),
  );
};

const drag = async (page: Page, meter: Meter, selector: string, dx: number, dy: number): Promise<Cost> => {
  const { x, y } = await heldPlace(page, selector);
  await page.mouse.move(x, y);
  await page.mouse.down();
  const cost = await meter(() => sweep(page, (part) => page.mouse.move(x + dx * part, y + dy * part), positions));
  await page.mouse.up();
  return cost;
};

export const dragOne: Gesture = (page, meter) => drag(page, meter, '.react-flow__node', 170, 110);

/** Selects what a box covers, a hundred nodes at this zoom, and drags it. */
export const dragMany: Gesture = async (page, meter) => {
  const from = await emptyPlace(page, 186, 50);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(500, 500);
  await page.mouse.move(845, 770, { steps: 3 });
  await page.mouse.up();
  const count = await page.locator('.react-flow__node.selected').count();
  if (count < 80 || count > 140) throw new Error(`${count} nodes are selected where about 100 were meant.`);
  // A selection that was drawn lies under a box of its own.
  const cost = await drag(page, meter, '.react-flow__nodesselection-rect, .react-flow__node.selected', 120, 60);
  await page.mouse.click(from.x, from.y);
  return cost;
};

export const type: Gesture = async (page, meter) => {
  const field = page.locator('.react-flow__node textarea').first();
  await field.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Space');
  const before = await field.inputValue();
  const letters = 'a red door and two small windows by the sea';
  const cost = await meter(async () => {
    for (const letter of letters) await step(page, () => page.keyboard.press(letter === ' ' ? 'Space' : letter));
    return letters.length;
  });
  if ((await field.inputValue()) !== before + letters) throw new Error('What was typed is not in the prompt.');
  return cost;
};
