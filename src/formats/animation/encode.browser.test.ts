import { expect, test } from 'vitest';
import type { Playback } from '../../core/define-node';
import { encodeAnimation } from './encode';
import { type Film, filmOf, shotsOf } from './film';

const [width, height] = [47, 33];
const colors = [
  [220, 40, 30],
  [30, 200, 60],
  [40, 60, 230],
  [240, 240, 240],
] as const;

/** A field of one colour with a dark square that moves. */
const pictures = colors.map((color, i) => {
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const dark = x >= 8 * i && x < 8 * i + 8 && y >= 8 && y < 16;
      pixels.set([...(dark ? [16, 16, 16] : color), 255], 4 * (y * width + x));
    }
  return { width, height, pixels };
});
const playback: Playback = { rate: 4, hold: 0.5, back: true, labels: false, format: 'gif' };
const order = [0, 1, 2, 3, 2, 1];
const milliseconds = [250, 250, 250, 750, 250, 250];

const film = (): Promise<Film> => filmOf([], pictures, playback);

/** The largest difference of a channel between what was decoded and the frame that it should be. */
function differences(shown: ArrayLike<number>, frame: number): { most: number; mean: number } {
  const wanted = pictures[order[frame] ?? 0]?.pixels ?? [];
  let [most, sum] = [0, 0];
  for (let i = 0; i < wanted.length; i++) {
    const off = Math.abs((shown[i] ?? 0) - (wanted[i] ?? 0));
    most = Math.max(most, off);
    sum += off;
  }
  return { most, mean: sum / wanted.length };
}

function pixelsOf(source: CanvasImageSource): Uint8ClampedArray {
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context?.drawImage(source, 0, 0);
  return context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray(0);
}

test('a film goes there and back, its last picture longer, and refuses pictures of two sizes', async () => {
  expect((await film()).frames.map((frame) => frame.milliseconds)).toEqual(milliseconds);
  expect(shotsOf(1, playback)).toEqual([{ index: 0, milliseconds: 750 }]);
  const wide = { width: 8, height: 8, pixels: new Uint8ClampedArray(256) };
  await expect(filmOf([], [...pictures, wide], playback)).rejects.toThrow('47 × 33 and 8 × 8');
});

test('labels are written on the pictures, in their lower left corner only', async () => {
  const axis = { id: 'a', title: 'Step', labels: ['1', '2', '3', '4'] };
  const { frames } = await filmOf([axis], pictures, { ...playback, labels: true });
  const before = pictures[0]?.pixels ?? [];
  const changed = [...(frames[0]?.pixels ?? [])].flatMap((value, i) =>
    value === before[i] ? [] : [Math.floor(i / 4)],
  );
  expect(changed.length).toBeGreaterThan(20);
  expect(Math.min(...changed.map((i) => Math.floor(i / width)))).toBeGreaterThan(height / 3);
  expect(Math.max(...changed.map((i) => i % width))).toBeLessThan(width * 0.8);
});

// What Chromium's own decoders make of the files. APNG loses nothing; GIF has 256 colours, WebP is packed with a loss.
test.each([
  ['gif', 'image/gif', 8, 4],
  ['apng', 'image/png', 0, 0],
  ['webp', 'image/webp', 90, 4],
] as const)(
  'the browser reads from a file of %s the frames, how long they last, and that it plays for ever',
  async (format, type, most, mean) => {
    const data = await encodeAnimation(await film(), format);
    const decoder = new ImageDecoder({ data, type });
    await decoder.tracks.ready;
    await decoder.completed;
    expect(decoder.tracks.selectedTrack?.frameCount).toBe(order.length);
    expect(decoder.tracks.selectedTrack?.repetitionCount).toBe(Number.POSITIVE_INFINITY);
    for (const frame of order.keys()) {
      const { image } = await decoder.decode({ frameIndex: frame });
      expect((image.duration ?? 0) / 1000).toBeCloseTo(milliseconds[frame] ?? 0, 3);
      expect([image.displayWidth, image.displayHeight]).toEqual([width, height]);
      const off = differences(pixelsOf(image), frame);
      expect(off.most).toBeLessThanOrEqual(most);
      expect(off.mean).toBeLessThanOrEqual(mean);
      image.close();
    }
  },
);

test.each(['webm', 'mp4'] as const)(
  'a video of %s plays in the browser: its length, its size, and each picture at its time',
  async (format) => {
    const bytes = await encodeAnimation(await film(), format);
    const video = document.createElement('video');
    video.muted = true;
    video.src = URL.createObjectURL(new Blob([bytes], { type: `video/${format}` }));
    await new Promise((resolve, reject) => {
      video.addEventListener('loadeddata', resolve);
      video.addEventListener('error', () => reject(new Error(video.error?.message)));
    });
    expect(video.duration).toBeCloseTo(2, 1);
    // Colours of video have half the resolution, so sizes are even.
    expect([video.videoWidth, video.videoHeight]).toEqual([width + 1, height + 1]);
    let from = 0;
    for (const frame of order.keys()) {
      const sought = new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
      video.currentTime = (from + (milliseconds[frame] ?? 0) / 2) / 1000;
      await sought;
      expect(differences(pixelsOf(video), frame).mean, `frame ${frame}`).toBeLessThan(8);
      from += milliseconds[frame] ?? 0;
    }
  },
);
