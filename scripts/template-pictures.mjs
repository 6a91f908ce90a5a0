/**
 * Draws graphs/pictures/*.webp, which the gallery of templates shows: runs each template (or those named) with the
 * embedded model and lays its pictures side by side.
 *
 *     node scripts/template-pictures.mjs [NAME ...]
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { chromium } from 'playwright';
import { findBrowser } from './browser.mjs';
import { root } from './build.mjs';

/** Pixels of a picture in the gallery, and the most bytes that it may have. */
const size = { width: 288, height: 192 };
const most = 12_000;

const wanted = process.argv.slice(2);
const names = readdirSync(join(root, 'graphs'))
  .filter((file) => file.endsWith('.weft.json'))
  .map((file) => basename(file, '.weft.json'))
  .filter((name) => wanted.length === 0 || wanted.includes(name));

/**
 * The pictures that a template makes, in their order.
 * @param {string} name
 */
function picturesOf(name) {
  const out = mkdtempSync(join(tmpdir(), 'weft-'));
  const graph = join('graphs', `${name}.weft.json`);
  const told = execFileSync(process.execPath, ['src/cli/weft.mjs', 'run', graph, '--out', out], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const files = told.split('\n').filter((line) => line.endsWith('.png'));
  const pictures = files.map((file) => readFileSync(file.trim()).toString('base64'));
  rmSync(out, { recursive: true });
  return pictures;
}

/**
 * In the page: lays pictures out and encodes them.
 * @param {{ pictures: readonly string[], width: number, height: number, most: number }} order
 */
async function sheet({ pictures, width, height, most }) {
  const all = await Promise.all(
    pictures.map(async (text) => createImageBitmap(new Blob([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))]))),
  );
  const places = [1, 2, 3, 6, 12];
  const count = places.findLast((n) => n <= all.length) ?? 1;
  const shown = Array.from(
    { length: count },
    (_, i) => all[count === 1 ? 0 : Math.round((i * (all.length - 1)) / (count - 1))],
  );
  const columns = Math.min(count, count > 6 ? 4 : count > 2 ? 3 : count);
  const rows = Math.ceil(count / columns);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no canvas.');
  context.imageSmoothingQuality = 'high';
  for (const [i, picture] of shown.entries()) {
    if (!picture) continue;
    // Three: the first large, the others beside it.
    const [x, y, w, h] =
      count === 3
        ? i === 0
          ? [0, 0, height, height]
          : [height, ((i - 1) * height) / 2, width - height, height / 2]
        : [
            ((i % columns) * width) / columns,
            (Math.floor(i / columns) * height) / rows,
            width / columns,
            height / rows,
          ];
    const scale = Math.min(picture.width / w, picture.height / h);
    const [cutX, cutY] = [(picture.width - w * scale) / 2, (picture.height - h * scale) / 2];
    // What is large stands low in a picture; the sky can be spared.
    context.drawImage(picture, cutX, count === 1 ? cutY * 1.6 : cutY, w * scale, h * scale, x, y, w, h);
  }
  // Noise packs badly; what shows some is packed harder.
  let blob = new Blob();
  for (const quality of [0.8, 0.6, 0.4, 0.25]) {
    blob = await canvas.convertToBlob({ type: 'image/webp', quality });
    if (blob.size <= most) break;
  }
  return btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())));
}

const executablePath = findBrowser();
const browser = await chromium.launch({ args: ['--no-sandbox'], ...(executablePath && { executablePath }) });
const page = await browser.newPage();
mkdirSync(join(root, 'graphs/pictures'), { recursive: true });
for (const name of names) {
  const bytes = Buffer.from(await page.evaluate(sheet, { pictures: picturesOf(name), ...size, most }), 'base64');
  if (bytes.length > most) throw new Error(`The picture of ${name} has ${bytes.length} bytes; ${most} are allowed.`);
  writeFileSync(join(root, 'graphs/pictures', `${name}.webp`), bytes);
  console.log(`${name}: ${bytes.length} bytes`);
}
await browser.close();
