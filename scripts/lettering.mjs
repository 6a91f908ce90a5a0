/**
 * Draws src/formats/lettering/glyphs.ts: the letters that are written on saved grids and animations, from the font of the
 * page, as pixels, so that a graph gives the same picture in every browser and in the terminal.
 *
 *     node scripts/lettering.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { findBrowser } from './browser.mjs';
import { root } from './build.mjs';

/** Pixels of the font, of a line of it, and from the top of the line to where letters stand. */
const size = 24;
const line = 30;
const baseline = 23;

const range = (/** @type {number} */ from, /** @type {number} */ to) =>
  String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i));
const characters = `${range(0x20, 0x7e)}${range(0xa1, 0xac)}${range(0xae, 0xff)}–—‘’“”•…−`;
const font = join(root, 'node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2');

/**
 * In the page: all characters in a row, each as wide as it is, rounded up; in 16 shades.
 * @param {{ characters: string, font: string, size: number, line: number, baseline: number }} order
 */
async function draw({ characters, font, size, line, baseline }) {
  const face = new FontFace('Letters', `url(data:font/woff2;base64,${font})`, { weight: '100 900' });
  document.fonts.add(await face.load());
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (!context) throw new Error('There is no canvas.');
  context.font = `500 ${size}px Letters`;
  const advances = [...characters].map((one) => Math.round(100 * context.measureText(one).width) / 100);
  const widths = advances.map((advance) => Math.ceil(advance) + 2);
  const canvas = new OffscreenCanvas(
    widths.reduce((sum, width) => sum + width, 0),
    line,
  );
  const row = canvas.getContext('2d');
  if (!row) throw new Error('There is no canvas.');
  row.fillRect(0, 0, canvas.width, line);
  row.fillStyle = 'white';
  row.font = context.font;
  let x = 0;
  for (const [i, one] of [...characters].entries()) {
    row.save();
    row.beginPath();
    row.rect(x, 0, widths[i] ?? 0, line);
    row.clip();
    row.fillText(one, x + 1, baseline);
    row.restore();
    x += widths[i] ?? 0;
  }
  const { data } = row.getImageData(0, 0, canvas.width, line);
  const shades = Array.from({ length: data.length / 4 }, (_, i) => Math.round((data[4 * i] ?? 0) / 17));
  const packed = Uint8Array.from(
    { length: shades.length / 2 },
    (_, i) => ((shades[2 * i] ?? 0) << 4) | (shades[2 * i + 1] ?? 0),
  );
  const stream = new Blob([packed]).stream().pipeThrough(new CompressionStream('deflate'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return { advances, shades: btoa(String.fromCharCode(...bytes)) };
}

const executablePath = findBrowser();
const browser = await chromium.launch({ args: ['--no-sandbox'], ...(executablePath && { executablePath }) });
const page = await browser.newPage();
const order = { characters, font: readFileSync(font).toString('base64'), size, line, baseline };
const { advances, shades } = await page.evaluate(draw, order);
await browser.close();
const text = `/** Made by scripts/lettering.mjs from Inter, which is under the SIL Open Font License. */

/** Pixels of the font, of a line of it, and from the top of the line to where letters stand. */
export const size = ${size};
export const line = ${line};
export const baseline = ${baseline};

export const characters = ${JSON.stringify(characters)};

/** How far each character moves the next, in hundredths of a pixel. Its picture is that, rounded up, and a pixel on each side. */
export const advances = [${advances.map((advance) => Math.round(100 * advance)).join(', ')}];

/** All pictures in a row, \`line\` rows of 4-bit shades, two in a byte, packed with zlib, in base64. */
export const shades =
  '${shades}';
`;
writeFileSync(join(root, 'src/formats/lettering/glyphs.ts'), text);
console.log(`${characters.length} characters, ${text.length} bytes.`);
