import type { Picture } from '../../engine/events';

const known = new WeakMap<Picture, number>();

/** The share of a picture's colour values that are at an end of the scale, 0 or 255. */
export function clippedShare(picture: Picture): number {
  let share = known.get(picture);
  if (share === undefined) {
    const { pixels } = picture;
    let count = 0;
    for (let i = 0; i < pixels.length; i++) if (i % 4 !== 3 && (pixels[i] === 0 || pixels[i] === 255)) count += 1;
    share = count / ((3 * pixels.length) / 4 || 1);
    known.set(picture, share);
  }
  return share;
}

/** The mean over the pictures of each item of the last axis; undefined where none of them is there. */
export function clippedByColumn(pictures: readonly (Picture | undefined)[], columns: number): (number | undefined)[] {
  return Array.from({ length: columns }, (_, column) => {
    const there = pictures.filter((picture, i): picture is Picture => i % columns === column && picture !== undefined);
    return there.length ? there.reduce((sum, picture) => sum + clippedShare(picture), 0) / there.length : undefined;
  });
}
