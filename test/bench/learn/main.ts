/**
 * `npm run bench -- --learn`: the two templates that teach, as a person runs them: in Chromium, on WebAssembly, to the end. What
 * they learned is saved as a person saves it, and comes to dist/learned; models/tiny/training/check_learned.py says how often a
 * judge sees it. ONLY=word or ONLY=subject does one of them; STEPS=N makes fewer steps, to try it.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from 'playwright';
import { preview } from 'vite';
import subject from '../../../graphs/teach-a-subject.weft.json?raw';
import word from '../../../graphs/teach-a-word.weft.json?raw';
import { chromiumArguments, ensureBrowser } from '../../../scripts/browser.mjs';

interface GraphFile {
  readonly name: string;
  readonly nodes: readonly {
    readonly id: string;
    readonly type: string;
    readonly params: Readonly<Record<string, unknown>>;
  }[];
  readonly wires: readonly unknown[];
}

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, 'dist/learned');
const { STEPS, ONLY } = process.env;
/** How a node is saved that learns, and by which option the judge is given its file. */
const lessons = [
  { what: 'word', template: word, save: 'text/save-embedding', port: 'embedding' },
  { what: 'subject', template: subject, save: 'models/save-lora', port: 'lora' },
] as const;
/** A lesson takes minutes, and longer on a machine that does other things. */
const LONGEST = 6 * 3600e3;
/** Between two looks at how far it is, in milliseconds. */
const LOOK = 60_000;

/** The template with a node that saves what is learned, wired to the one that learns. */
function withSaving(template: string, save: string, port: string): { graph: GraphFile; id: string; steps: number } {
  const graph = JSON.parse(template) as GraphFile;
  const learns = graph.nodes.find(({ type }) => type.startsWith('training/learn-'));
  if (!learns) throw new Error(`"${graph.name}" has no node that learns.`);
  const steps = Number(STEPS ?? learns.params.steps);
  const nodes = graph.nodes.map((node) => (node === learns ? { ...node, params: { ...node.params, steps } } : node));
  const saving = { id: 'saving', type: save, version: 1, at: [0, -400], params: { name: port } };
  const wire = { from: [learns.id, port], to: ['saving', port] };
  return { graph: { ...graph, nodes: [...nodes, saving], wires: [...graph.wires, wire] }, id: learns.id, steps };
}

/** Drops a file on the canvas. */
async function drop(page: Page, graph: GraphFile): Promise<void> {
  await page.getByRole('main', { name: 'Graph' }).evaluate((main, text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], 'graph.weft.json', { type: 'application/json' }));
    for (const type of ['dragover', 'drop']) main.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true }));
  }, JSON.stringify(graph));
  await page.getByRole('heading', { level: 1, name: graph.name }).waitFor();
}

const minutes = (milliseconds: number) => `${(milliseconds / 60_000).toFixed(1)} min`;

async function learn(page: Page, { what, template, save, port }: (typeof lessons)[number]): Promise<string> {
  const { graph, id, steps } = withSaving(template, save, port);
  await drop(page, graph);
  const saved = page.waitForEvent('download', { timeout: LONGEST });
  const status = page.getByRole('status', { name: 'Run' });
  const learning = page.locator(`.react-flow__node[data-id="${id}"]`);
  const begun = performance.now();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const look = setInterval(async () => {
    const words = await page.locator('header p').first().textContent();
    console.log(`  ${minutes(performance.now() - begun)}: ${words}`);
  }, LOOK);
  try {
    await status.filter({ hasText: /^(Done|Stopped|Failed)/ }).waitFor({ timeout: LONGEST });
  } finally {
    clearInterval(look);
  }
  const words = [await status.textContent(), await learning.locator('[class*=footer]').textContent()];
  if (!words[0]?.startsWith('Done')) throw new Error(`"${graph.name}" did not come to its end: ${words.join(' · ')}`);
  const file = path.join(folder, `${what}.safetensors`);
  await (await saved).saveAs(file);
  await page.screenshot({ path: path.join(folder, `${what}.png`) });
  console.log(
    `${graph.name}: ${steps} steps; ${words[0]} of the whole graph, ${words[1]} of it learning, ${minutes(performance.now() - begun)} by the clock`,
  );
  return `--${port} ${path.relative(process.cwd(), file)}`;
}

mkdirSync(folder, { recursive: true });
const outDir = path.join(root, 'dist/app');
const server = await preview({ root, logLevel: 'error', build: { outDir }, preview: { port: 0 } });
const browser = await chromium.launch({ executablePath: ensureBrowser(), args: chromiumArguments });
try {
  const found: string[] = [];
  for (const lesson of lessons.filter(({ what }) => (ONLY ?? what) === what)) {
    // Nothing of an earlier lesson is there to go on from.
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await context.addInitScript(() => localStorage.setItem('weft-toured', 'yes'));
    const page = await context.newPage();
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    const device = page.getByRole('button', { name: /^Device: (WebGPU|WebAssembly)/ });
    await device.waitFor();
    console.log(`${browser.browserType().name()} ${browser.version()}, ${await device.getAttribute('aria-label')}`);
    await page.locator('#root:not([aria-busy])').waitFor();
    found.push(await learn(page, lesson));
    await context.close();
  }
  console.log(
    `How often the judge sees it: python models/tiny/training/check_learned.py --judge JUDGE ${found.join(' ')}`,
  );
} finally {
  await browser.close();
  await server.close();
}
