import path from 'node:path';
import react from '@vitejs/plugin-react';
import { type Browser, chromium, type Page } from 'playwright';
import { build, preview } from 'vite';
import { chromiumArguments, ensureBrowser } from '../../../scripts/browser.mjs';
import { writeDocument } from '../../../src/core/document';
import { countFrames, dragMany, dragOne, type Gesture, pan, type, zoom } from './gestures';
import { largeGraph, margin } from './graph';
import { type Cost, type Meter, meterOf } from './meter';

const window = { width: 1440, height: 900 } as const;
/** The canvas between bar and panels, in CSS pixels. */
const canvas = { width: 1000, height: 852 } as const;

/** The two sides of the comparison: the editor as it is built, and React Flow as its documentation shows it. */
const sides = ['ours', 'bare'] as const;
type Side = (typeof sides)[number];
export type BySide<T> = Readonly<Record<Side, T>>;

type Addresses = BySide<string>;

async function newPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: window });
  await page.addInitScript(countFrames);
  // The graph is measured, and not the tour of the first start.
  await page.addInitScript(() => localStorage.setItem('weft-toured', 'yes'));
  return page;
}

const drawn = (page: Page, count: number) =>
  page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll<HTMLElement>('.react-flow__node')].filter(
        ({ style }) => style.visibility !== 'hidden',
      ).length >= wanted,
    count,
    { timeout: 240_000, polling: 100 },
  );

/** Resolves when nothing is added to the page nor taken out of it any more. */
async function settled(page: Page): Promise<void> {
  for (let [before, now] = [-1, 0]; now !== before; ) {
    before = now;
    await page.waitForTimeout(2000);
    now = await elementsOf(page);
  }
}

async function openBare(browser: Browser, { bare }: Addresses, count: number, scale: number): Promise<Page> {
  const page = await newPage(browser);
  await page.goto(`${bare}?count=${count}&zoom=${scale}`);
  await drawn(page, count);
  return page;
}

async function openOurs(browser: Browser, { ours }: Addresses, count: number, scale: number): Promise<Page> {
  const page = await newPage(browser);
  await page.goto(ours);
  // What opens at the first start must not come over what is dropped.
  await drawn(page, 1);
  await page.getByRole('button', { name: /^Device: / }).waitFor();
  const at = [canvas.width / 2 / scale - margin, canvas.height / 2 / scale - margin] as [number, number];
  const text = writeDocument({ ...largeGraph(count), view: { at, zoom: scale } });
  await page.evaluate((graph) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([graph], 'bench.weft.json', { type: 'application/json' }));
    for (const name of ['dragover', 'drop'])
      document
        .querySelector('main')
        ?.dispatchEvent(new DragEvent(name, { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, text);
  await drawn(page, count);
  await settled(page);
  return page;
}

/** Gestures by the zoom at which they are made: nodes at which one works, and a hundred of them in the window. */
const views: readonly { readonly scale: number; readonly gestures: Readonly<Record<string, Gesture>> }[] = [
  { scale: 0.7, gestures: { panning: pan, zooming: zoom, 'dragging one node': dragOne, 'a key in a prompt': type } },
  { scale: 0.25, gestures: { 'dragging 100 nodes': dragMany, 'panning, 100 nodes in view': pan } },
];

export interface GestureCosts {
  readonly name: string;
  readonly count: number;
  /** One for each turn. */
  readonly costs: BySide<readonly Cost[]>;
  /** Elements of the page. */
  readonly elements: BySide<number>;
}

/** Milliseconds from the start of loading until what is named, with a warm cache. */
export interface Loading {
  /** The graph is drawn. */
  readonly drawn: BySide<readonly number[]>;
  /** The engine is there, too. */
  readonly ready: readonly number[];
}

/** The editor, as it is built in dist/app, beside bare React Flow with as many nodes, in turns, in one browser. */
export async function measureEditor(
  root: string,
  counts: readonly number[],
  times: number,
  only: RegExp,
  tell: (costs: GestureCosts) => void,
): Promise<Loading> {
  const outDir = path.join(root, 'dist/bench-bare');
  const input = path.join(root, 'test/bench/editor/bare.html');
  // Nothing of the app's own build belongs into the page beside it.
  const plain = { root, configFile: false as const, base: './', plugins: [react()], logLevel: 'error' as const };
  await build({ ...plain, build: { outDir, emptyOutDir: true, rolldownOptions: { input } } });
  const served = (folder: string) =>
    preview({ root, logLevel: 'error', build: { outDir: folder }, preview: { port: 0 } });
  const servers = [await served(path.join(root, 'dist/app')), await served(outDir)] as const;
  const [ours = '', bareRoot = ''] = servers.map(({ resolvedUrls }) => resolvedUrls?.local[0]);
  const addresses = { ours, bare: new URL('test/bench/editor/bare.html', bareRoot).href };
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: [...chromiumArguments] });
  try {
    for (const count of counts)
      for (const { scale, gestures } of views) {
        const wanted = Object.entries(gestures).filter(([name]) => only.test(name));
        if (wanted.length === 0) continue;
        const pages = {
          ours: await openOurs(browser, addresses, count, scale),
          bare: await openBare(browser, addresses, count, scale),
        };
        const meters = { ours: await meterOf(browser, pages.ours), bare: await meterOf(browser, pages.bare) };
        const elements = { ours: await elementsOf(pages.ours), bare: await elementsOf(pages.bare) };
        for (const [name, gesture] of wanted)
          tell({ name, count, costs: await inTurns(pages, meters, gesture, times), elements });
        for (const page of Object.values(pages)) await page.close();
      }
    return only.test('loading')
      ? await loading(browser, addresses, times)
      : { drawn: { ours: [], bare: [] }, ready: [] };
  } finally {
    await browser.close();
    for (const server of servers) await server.close();
  }
}

const elementsOf = (page: Page) => page.evaluate(() => document.querySelectorAll('*').length);

async function inTurns(pages: BySide<Page>, meters: BySide<Meter>, gesture: Gesture, times: number) {
  const costs: Record<Side, Cost[]> = { ours: [], bare: [] };
  // The first turn is for the compiler.
  for (let i = 0; i <= times; i++)
    for (const side of sides) {
      await pages[side].bringToFront();
      const cost = await gesture(pages[side], meters[side]);
      if (i > 0) costs[side].push(cost);
    }
  return costs;
}

async function loading(browser: Browser, addresses: Addresses, times: number): Promise<Loading> {
  const found = { drawn: { ours: [] as number[], bare: [] as number[] }, ready: [] as number[] };
  const pages = { ours: await newPage(browser), bare: await newPage(browser) };
  // The graph that is there at the first start, and as many plain nodes.
  await pages.ours.goto(addresses.ours);
  await drawn(pages.ours, 1);
  const count = await pages.ours.locator('.react-flow__node').count();
  await pages.bare.goto(`${addresses.bare}?count=${count}&zoom=0.7`);
  for (let i = 0; i < times; i++)
    for (const side of sides) {
      await pages[side].bringToFront();
      await pages[side].goto(addresses[side] + (side === 'bare' ? `?count=${count}&zoom=0.7` : ''));
      const now = async () => pages[side].evaluate(() => performance.now());
      await drawn(pages[side], 1);
      found.drawn[side].push(await now());
      if (side === 'bare') continue;
      await pages[side].getByRole('button', { name: /^Device: (WebGPU|WebAssembly)/ }).waitFor();
      found.ready.push(await now());
    }
  for (const page of Object.values(pages)) await page.close();
  return found;
}
