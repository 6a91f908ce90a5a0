import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright';
import { build, type Plugin, preview } from 'vite';
import { chromiumArguments, ensureBrowser, graphicsArguments } from '../../../scripts/browser.mjs';
import { browserMemory } from '../browser-memory';
import { differenceFromDiffusers } from './difference';
import type { Answer, Task } from './page';

/** How long a task may take before it is given up; what it told until then is printed. Milliseconds. */
const PATIENCE = 3_600_000;

/** One evaluation from a file shows what it costs; the other ways in differ in how they load, and an emulated adapter takes an hour. */
const TASKS: Task[] = [
  { source: 'file', prefer: 'wasm', evaluates: true },
  { source: 'range requests', prefer: 'wasm', evaluates: false },
  { source: 'private file system', prefer: 'wasm', evaluates: false },
  { source: 'file', prefer: 'webgpu', evaluates: false },
];

/** Sends the checkpoint, whole or a range of it. */
function served(file: string): Plugin {
  return {
    name: 'full-size-checkpoint',
    configurePreviewServer({ middlewares }) {
      middlewares.use('/checkpoint.safetensors', (request, response) => {
        const { size } = statSync(file);
        const [, begin = '0', last = String(size - 1)] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
        const end = Math.min(Number(last), size - 1);
        response.writeHead(206, {
          'Content-Range': `bytes ${begin}-${end}/${size}`,
          'Content-Length': end - Number(begin) + 1,
        });
        createReadStream(file, { start: Number(begin), end }).pipe(response);
      });
    },
  };
}

/** The checkpoint in Chromium, from a production build: from a file, with range requests and from the private file system. */
export async function measureInBrowser(
  root: string,
  folder: string,
  only: string | undefined,
  say: (title: string, figure: string) => void,
): Promise<void> {
  const outDir = path.join(root, 'dist/bench-full-size-page');
  const input = path.join(root, 'test/bench/full-size/page.html');
  await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true, rolldownOptions: { input } } });
  const file = path.join(folder, 'checkpoint.safetensors');
  const server = await preview({
    root,
    logLevel: 'error',
    build: { outDir },
    preview: { port: 0 },
    plugins: [served(file)],
  });
  try {
    for (const task of TASKS.filter((task) => only === undefined || only === task.prefer || only === task.source)) {
      await measure(
        task,
        file,
        new URL('test/bench/full-size/page.html', server.resolvedUrls?.local[0]).href,
        root,
        say,
      );
    }
  } finally {
    await server.close();
  }
}

async function measure(
  task: Task,
  file: string,
  url: string,
  root: string,
  say: (title: string, figure: string) => void,
): Promise<void> {
  // A profile on the disk: without one, the private file system is in the browser's memory, and small.
  const profile = mkdtempSync(path.join(tmpdir(), 'weft-bench-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: ensureBrowser(),
    args: [...chromiumArguments, ...graphicsArguments],
  });
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await page.locator('input').setInputFiles(file);
    const before = browserMemory();
    const most = new Map<string, number>();
    let answers: Answer[] = [];
    const deadline = performance.now() + PATIENCE;
    await page.evaluate((wanted) => globalThis.startFullSize(wanted), task);
    while (performance.now() < deadline && !answers.some((answer) => isLast(task, answer))) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      for (const [type, bytes] of browserMemory()) most.set(type, Math.max(most.get(type) ?? 0, bytes));
      answers = await page.evaluate(() => globalThis.fullSizeAnswers);
    }
    report(task, answers, root, say);
    const above = (type: string) => (most.get(type) ?? 0) - (before.get(type) ?? 0);
    const memory = [...most.keys()].map((type) => `${type} ${Math.round(above(type) / 1e6)}`);
    say(`  most memory in MB, above the empty page`, memory.join(', '));
    const weights = Math.max(0, ...answers.map((answer) => ('loading' in answer ? answer.loading.weights : 0)));
    // On WebGPU the weights are in the process of the adapter.
    if (task.prefer === 'wasm') {
      say('  most memory of the page above the weights', `${Math.round((above('renderer') - weights) / 1e6)} MB`);
    }
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Whether nothing that is measured comes after this. */
function isLast(task: Task, answer: Answer): boolean {
  if ('failure' in answer || 'seconds' in answer) return true;
  return !task.evaluates && 'loading' in answer && answer.loading.load > 0;
}

function report(
  task: Task,
  answers: readonly Answer[],
  root: string,
  say: (title: string, figure: string) => void,
): void {
  const title = `${task.prefer}, from ${task.source}`;
  for (const answer of answers) {
    if ('failure' in answer) say(`${title}: failed`, answer.failure);
    else if ('device' in answer) {
      say(`${title}: device`, answer.device);
      if (task.source === 'private file system') say('  copied in', `${((answer.copied ?? 0) / 1000).toFixed(1)} s`);
    } else if ('loading' in answer) {
      const { read, load, weights } = answer.loading;
      say('  weights streamed in', `${(read / 1000).toFixed(1)} s`);
      say('  ready to run after', `${(load / 1000).toFixed(1)} s`);
      say('  weights as the runtime holds them', `${Math.round(weights / 1e6)} MB`);
    } else {
      const difference = differenceFromDiffusers(root, Object.values(answer.prediction));
      say('  one evaluation at 64x64', answer.seconds.map((time) => `${time.toFixed(1)} s`).join(', '));
      say('  largest difference from diffusers ÷ range', difference.toExponential(1));
    }
  }
  if (answers.length === 0) say(`${title}: no answer`, '');
}
