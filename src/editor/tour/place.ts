interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

/** Pixels between what the tour speaks of and its words, and between these and the edge of the window. */
const gap = 12;

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(value, high));

/**
 * Where the words of a step stand, as their left upper corner: beside their anchor, where they do not cover it. Where no side
 * has room, in the corner that is farthest from its middle.
 */
export function placeBeside(anchor: Box, words: Size, window: Size): { left: number; top: number } {
  const right = anchor.left + anchor.width;
  const bottom = anchor.top + anchor.height;
  const across = clamp(anchor.left, gap, window.width - words.width - gap);
  const down = clamp(anchor.top, gap, window.height - words.height - gap);
  // Under what is a line high, so that the rest of its line stays in sight.
  const line = anchor.height <= words.height / 2;
  const below = bottom + 2 * gap + words.height <= window.height;
  if (line && below) return { left: across, top: bottom + gap };
  if (right + 2 * gap + words.width <= window.width) return { left: right + gap, top: down };
  if (below) return { left: across, top: bottom + gap };
  if (anchor.left - 2 * gap - words.width >= 0) return { left: anchor.left - gap - words.width, top: down };
  if (anchor.top - 2 * gap - words.height >= 0) return { left: across, top: anchor.top - gap - words.height };
  const low = anchor.top + anchor.height / 2 < window.height / 2;
  const east = anchor.left + anchor.width / 2 < window.width / 2;
  return {
    left: east ? window.width - words.width - gap : gap,
    top: low ? window.height - words.height - gap : gap,
  };
}
