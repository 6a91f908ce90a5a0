import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AnimationFormat, Playback } from '../core/define-node';
import { itemLabels } from '../core/many';
import { ProblemError } from '../core/problem';
import type { RunEvent } from '../engine/events';
import { animationFiles, encodeAnimation } from '../formats/animation/encode';
import { filmOf } from '../formats/animation/film';
import { drawGrid } from '../formats/picture-grid';
import { encodePng } from '../formats/png';
import type { TerminalHost } from './host';

type Shown = Extract<RunEvent, { type: 'shown' }>;

const usual: Playback = { rate: 8, hold: 1, back: false, labels: true, format: 'gif' };

/** What a file's ending says about the animation in it. Throws a sentence for one that the terminal cannot make. */
export function animationFormat(file: string): AnimationFormat {
  const ending = path.extname(file).slice(1).toLowerCase();
  if (ending === 'gif') return 'gif';
  if (ending === 'png' || ending === 'apng') return 'apng';
  throw new ProblemError({
    what: `--animate ${file}: the terminal makes GIF and APNG files.`,
    cure: 'Let the name end in .gif or .png; the page makes WebP, MP4 and WebM too.',
  });
}

/** Saves the pictures of nodes that show some, each as a file, and animations as one. */
export async function savePictures(shown: readonly Shown[], stem: string, host: TerminalHost): Promise<void> {
  for (const { node, axes, pictures, plays } of shown) {
    const name = `${stem}-${node.replaceAll('/', '-')}`;
    if (plays) {
      const format = plays.format === 'apng' ? 'apng' : 'gif';
      if (format !== plays.format)
        process.stderr.write(
          `${node}: only browsers make ${animationFiles[plays.format].ending} files; here it is a GIF.\n`,
        );
      const { ending, type } = animationFiles[format];
      const bytes = await encodeAnimation(await filmOf(axes, pictures, plays), format);
      await host.save({ name: `${name}.${ending}`, type, bytes });
    } else
      for (const [i, { width, height, pixels }] of pictures.entries()) {
        const labels = itemLabels(axes, i).map((label) => `-${label.replace(/[^\p{L}\p{N}.]+/gu, '_').slice(0, 40)}`);
        const bytes = encodePng({ width, height, data: planesOf(pixels) }, { weft: host.document });
        await host.save({ name: `${name}${labels.join('')}.png`, type: 'image/png', bytes });
      }
  }
}

/** The node that shows most pictures: what a grid and an animation are made of. */
function most(shown: readonly Shown[], option: string): Shown {
  const [first] = shown.toSorted((a, b) => b.pictures.length - a.pictures.length);
  if (first) return first;
  throw new ProblemError({ what: `There are no pictures for ${option}.`, cure: 'The graph needs an Image preview.' });
}

function write(file: string, bytes: Uint8Array): string {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  writeFileSync(file, bytes);
  return file;
}

/** Writes all pictures as a labelled table, a file for each page. Returns the names. */
export async function writeGrid(shown: readonly Shown[], file: string, document: string): Promise<string[]> {
  const { axes, pictures } = most(shown, '--grid');
  const { name, dir, ext } = path.parse(file);
  return (await drawGrid(axes, pictures)).map(({ width, height, pixels }, i) =>
    write(
      i === 0 ? file : path.join(dir, `${name}-${i + 1}${ext}`),
      encodePng({ width, height, data: planesOf(pixels) }, { weft: document }),
    ),
  );
}

/** Writes all pictures as an animation, as the graph's Animation node plays them where it has one. */
export async function writeAnimation(shown: readonly Shown[], file: string): Promise<string> {
  const { axes, pictures, plays = usual } = shown.find((one) => one.plays) ?? most(shown, '--animate');
  return write(file, await encodeAnimation(await filmOf(axes, pictures, plays), animationFormat(file)));
}

/** RGBA bytes to the three planes of 0..1 that a PNG is made from. */
function planesOf(pixels: Uint8ClampedArray): Float32Array<ArrayBuffer> {
  const plane = pixels.length / 4;
  const planes = new Float32Array(3 * plane);
  for (let i = 0; i < plane; i++) for (let c = 0; c < 3; c++) planes[c * plane + i] = (pixels[4 * i + c] ?? 0) / 255;
  return planes;
}
