import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { build, preview } from 'vite';
import { chromiumArguments, ensureBrowser } from '../../../scripts/browser.mjs';
import { writeDocument } from '../../../src/core/document';
import { dragMany, dragOne, type Frames, pan, recordFrames, type, zoom } from './gestures';
import { largeGraph, margin } from './graph';

/** Frames do not wait for the screen, so that they take as long as their work takes. */
const unlimited = ['--disable-frame-rate-limit', '--disable-gpu-vsync'];

const window = { width: 1440, height: 900 } as const;
/** The canvas between bar and panels, in CSS pixels. */
const canvas = { width: 1000, height: 852 } as const;

interface Addresses {
  readonly ours: string;
  readonly bare: string;
}

async function newPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: window });
  await page.addInitScript(recordFrames);
  return page;
}

const drawn = (page: Page, count: number) =>
  page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll<HTMLElement>('.react-flow__node')].filter(
        ({ style }) => style.visibility !== 'hidden',
      ).length >= wanted,
    count,
    { timeout: 120_000 },
  );

async function openBare(browser: Browser, { bare }: Addresses, count: number, scale: number): Promise<Page> {
  const page = await newPage(browser);
  await page.goto(`${bare}?count=${count}&zoom=${scale}`);
  await drawn(page, count);
  return page;
}

async function openOurs(browser: Browser, { ours }: Addresses, count: number, scale: number): Promise<Page> {
  const page = await newPage(browser);
  await page.goto(ours);
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
  // The graph is measured, and not the tour of the first start.
  const skip = page.getByRole('button', { name: 'Skip' });
  if (await skip.isVisible()) await skip.click();
  await drawn(page, count);
  await page.waitForTimeout(1500);
  return page;
}

const gestures = [
  { name: 'panning', scale: 0.7, act: pan },
  { name: 'zooming', scale: 0.7, act: zoom },
  { name: 'dragging one node', scale: 0.7, act: dragOne },
  { name: 'dragging 100 nodes', scale: 0.25, act: async (page: Page) => (await dragMany(page)).frames },
] as const;

export interface GestureFigures {
  readonly name: string;
  readonly ours: Frames;
  readonly bare: Frames;
}

export interface EditorFigures {
  /** Per key in a prompt, at the largest count. */
  readonly typing: Frames;
  /** From the start of loading until the graph is drawn and the engine is there, with a warm cache. */
  readonly load: readonly number[];
}

/** The editor, as it is built in dist/app, with so many nodes beside bare React Flow with as many, in turns, in one browser. Tells each gesture as it is measured. */
export async function measureEditor(
  root: string,
  counts: readonly number[],
  times: number,
  tell: (count: number, figures: GestureFigures) => void,
): Promise<EditorFigures> {
  const outDir = path.join(root, 'dist/bench-editor');
  const input = path.join(root, 'test/bench/editor/bare.html');
  await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true, rolldownOptions: { input } } });
  const served = (folder: string) =>
    preview({ root, logLevel: 'error', build: { outDir: folder }, preview: { port: 0 } });
  const servers = [await served(path.join(root, 'dist/app')), await served(outDir)] as const;
  const [ours = '', bareRoot = ''] = servers.map(({ resolvedUrls }) => resolvedUrls?.local[0]);
  const addresses = { ours, bare: new URL('test/bench/editor/bare.html', bareRoot).href };
  const browser = await chromium.launch({
    executablePath: ensureBrowser(),
    args: [...chromiumArguments, ...unlimited],
  });
  try {
    for (const count of counts)
      for (const { name, scale, act } of gestures) {
        const frames = { ours: [] as number[], bare: [] as number[] };
        const pages = {
          ours: await openOurs(browser, addresses, count, scale),
          bare: await openBare(browser, addresses, count, scale),
        };
        for (let i = 0; i < times; i++)
          for (const side of ['ours', 'bare'] as const) {
            await pages[side].bringToFront();
            frames[side].push(...(await act(pages[side])));
          }
        for (const page of Object.values(pages)) await page.close();
        tell(count, { name, ...frames });
      }
    const largest = await openOurs(browser, addresses, Math.max(...counts), 0.7);
    const typing = await type(largest);
    await largest.close();
    return { typing, load: await loads(browser, addresses.ours, times) };
  } finally {
    await browser.close();
    for (const server of servers) await server.close();
  }
}

async function loads(browser: Browser, address: string, times: number): Promise<number[]> {
  const page = await browser.newPage({ viewport: window });
  const found: number[] = [];
  for (let i = 0; i <= times; i++) {
    await page.goto(address);
    await page.getByRole('button', { name: /^Device: (WebGPU|WebAssembly)/ }).waitFor();
    await drawn(page, 1);
    // The first load fills the cache.
    if (i > 0) found.push(await page.evaluate(() => performance.now()));
  }
  await page.close();
  return found;
}
