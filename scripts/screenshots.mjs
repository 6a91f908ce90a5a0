/**
 * Takes the pictures of the editor that the README shows, docs/editor-{dark,light}.webp and docs/gallery-{dark,light}.webp:
 * builds the app, runs the first graph in Chromium, and looks.
 *
 *     node scripts/screenshots.mjs
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { chromiumArguments, findBrowser } from './browser.mjs';
import { buildApp, root } from './build.mjs';
import { serve } from './serve.mjs';

/** The most bytes that a picture may have. */
const most = 200_000;
const prompt = 'a fox in the snow';

const port = await serve(await buildApp(), 4820, false);
const executablePath = findBrowser();
const browser = await chromium.launch({ args: chromiumArguments, ...(executablePath && { executablePath }) });

/**
 * What the page shows, as a WebP file in docs. The browser itself encodes it.
 * @param {import('playwright').Page} page
 * @param {string} name
 */
async function keep(page, name) {
  const png = (await page.screenshot()).toString('base64');
  const webp = await page.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    canvas.getContext('2d')?.drawImage(picture, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.9 });
    let coded = '';
    for (const byte of new Uint8Array(await blob.arrayBuffer())) coded += String.fromCharCode(byte);
    return btoa(coded);
  }, png);
  const bytes = Buffer.from(webp, 'base64');
  if (bytes.length > most) throw new Error(`The picture ${name} has ${bytes.length} bytes; ${most} are allowed.`);
  mkdirSync(join(root, 'docs'), { recursive: true });
  writeFileSync(join(root, 'docs', `${name}.webp`), bytes);
  console.log(`docs/${name}.webp: ${bytes.length} bytes`);
}

const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' });
page.setDefaultTimeout(300_000);
await page.addInitScript(() => localStorage.setItem('weft-toured', 'yes'));
await page.goto(`http://localhost:${port}/`);
const field = page.getByRole('group', { name: /^Prompt, / }).getByRole('textbox');
await field.fill(prompt);
await field.press('Escape');
await page.getByRole('button', { name: 'Run', exact: true }).click();
await page
  .getByRole('banner')
  .getByText(/^Done in/)
  .waitFor();
await page.getByRole('group', { name: /^CFG combine, / }).click({ position: { x: 40, y: 10 } });
const gallery = page.getByRole('dialog', { name: 'Templates' });

for (const colorScheme of /** @type {const} */ (['dark', 'light'])) {
  await page.emulateMedia({ colorScheme });
  // Out of the way, so that no help hangs over the picture.
  await page.mouse.move(720, 60);
  await page.waitForTimeout(500);
  await keep(page, `editor-${colorScheme}`);

  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'Templates…' }).click();
  await gallery.getByRole('button', { name: 'Inpainting' }).waitFor();
  await page.mouse.move(720, 20);
  await page.waitForTimeout(500);
  await keep(page, `gallery-${colorScheme}`);
  await page.keyboard.press('Escape');
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
}
await browser.close();
process.exit();
